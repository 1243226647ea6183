/**
 * The AWS SDK for JavaScript asks STS who it is: caller.mjs [--profile NAME] [--until FILE]. One line of output a call.
 * Without --until it asks once; with it, until there is such a file. The first call that fails ends it with status 1.
 * AWS_LOGIN_SDKS names the folder in which `.ci/sdks` installed the SDK.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const { GetCallerIdentityCommand, STSClient } = createRequire(`${process.env.AWS_LOGIN_SDKS}/javascript/`)(
  "@aws-sdk/client-sts",
);
const { values } = parseArgs({ options: { profile: { type: "string" }, until: { type: "string" } } });

const sts = new STSClient(values.profile === undefined ? {} : { profile: values.profile });
for (;;) {
  try {
    process.stdout.write(`${(await sts.send(new GetCallerIdentityCommand())).Arn}\n`);
  } catch (error) {
    process.stderr.write(`${error.name}: ${error.message}\n`);
    process.exit(1);
  }
  if (values.until === undefined || existsSync(values.until)) break;
  await sleep(500);
}
