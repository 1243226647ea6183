#!/bin/sh
# The AWS CLI asks STS who it is: caller.sh AWS [--profile NAME] [--until FILE]. One line of output a call.
# Without --until it asks once; with it, until there is such a file. The first call that fails ends it with status 1.
aws=$1 profile='' until=''
shift
while [ $# -gt 0 ]; do
  case $1 in
    --profile) profile=$2 ;;
    --until) until=$2 ;;
  esac
  shift 2
done
while "$aws" sts get-caller-identity --query Arn --output text ${profile:+--profile "$profile"}; do
  if [ -z "$until" ] || [ -e "$until" ]; then exit 0; fi
  sleep 1
done
exit 1
