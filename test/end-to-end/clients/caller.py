"""botocore asks STS who it is: caller.py [--profile NAME] [--until FILE]. One line of output a call.

Without --until it asks once; with it, until there is such a file. The first call that fails ends it with status 1.
"""

import argparse
import os
import sys
import time

import botocore.session

parser = argparse.ArgumentParser()
parser.add_argument("--profile")
parser.add_argument("--until")
options = parser.parse_args()

sts = botocore.session.Session(profile=options.profile).create_client("sts")
while True:
    try:
        print(sts.get_caller_identity()["Arn"], flush=True)
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
    if options.until is None or os.path.exists(options.until):
        break
    time.sleep(0.5)
