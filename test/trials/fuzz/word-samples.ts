/** Command lines, and what may stand in their options and in variables. */
import { OPTIONS } from "../../../src/cli/options.ts";
import { isSecret } from "../../../src/cli/read-option.ts";
import { SECRET } from "./judge.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const roleArn = "arn:aws:iam::222222222222:role/team/Deploy";

export const COMMAND_LINES: readonly (readonly string[])[] = [
  ["dumpcreds", "--credential-helper", "--use-cache", "--profile", "dev"],
  ["dumpcreds", "--use-cache", "--credential-helper", "--assume-roles", roleArn, "--external-id", "ab"],
  [
    ...["dumpcreds", "--credential-helper", "--use-cache", "--start-url", startUrl],
    ...["--sso-acct-id", "012345678901", "--sso-role-name", "ReadOnlyAccess", "--region=eu-west-1"],
  ],
  ["dumpcreds", "--sso-access-token", SECRET, "--sso-acct-id", "012345678901", "--sso-role-name", "Ops"],
  ["dumpcreds", "--sso-access-token", SECRET, SECRET, "--verbose"],
  ["dumpcreds", "--get-session-token", "--mfa-serial", "arn:aws:iam::1:mfa/me", "--mfa-token", SECRET],
  ["--profile", "dev", "getcallerid", "--region", "us-gov-west-1", "--duration", "3600"],
  ["runas", "--profile", "dev", "--", "aws", "s3", "ls", "--profile", "other"],
  ["runas", "-c", "echo $AWS_REGION", "--role-session-name", "me@example.com"],
  ["console", "--destination", "ec2", "--no-browser", "--copy"],
  ["dumpconfig", "--start-url", startUrl, "--sso-session-name", "corp", "--write"],
  ["login", "--start-url", startUrl, "--use-device-code", "--nrt", "--refresh", "OFF"],
  ["importcache", "--accesstoken-cache", "file://~/.aws/sso/cache/x.json"],
  ["help", "dumpcreds"],
  ["completion", "bash"],
  ["version"],
];

export const WORDS: readonly string[] = [
  ...OPTIONS.map(({ name }) => name),
  ...[
    "--",
    "-",
    "-h",
    "--help",
    "--version",
    "--no-such",
    "-x",
    "",
    "=",
    "--=",
    "on",
    "never",
    "json",
    "bash",
  ],
  ...["dumpcreds", "console", "help", "dev", "eu-west-1", "012345678901", startUrl, roleArn, "900", "ec2"],
  ...["toString", "--toString", "--__proto__", "__proto__", "constructor", "\u202e\x1b[31m", "a b", "\n"],
];

const secretOptions: readonly string[] = OPTIONS.filter(isSecret).map(({ name }) => name);

/**
 * Whether each secret stands behind an option that takes one: as its value, or as a part of it that a shell has split.
 */
export function secretsBelong(words: readonly string[]): boolean {
  let option = "";
  for (const word of words) {
    const holdsOne = word.includes(SECRET.slice(0, 8));
    if (word.startsWith("-")) option = word.split("=", 1)[0] ?? "";
    else if (!holdsOne) option = "";
    if (holdsOne && !secretOptions.includes(option)) return false;
  }
  return true;
}

export const ROLE_LISTS: readonly string[] = [
  `${roleArn},arn:aws:iam::111111111111:role/Jump`,
  `${roleArn}\narn:aws-cn:iam::444444444444:role/a,b@c\n`,
  `["${roleArn}", {"RoleArn": "arn:aws:iam::111111111111:role/Jump", "ExternalId": "partner-7319", "DurationSeconds": 3600}]`,
  `[{"RoleArn": "${roleArn}", "RoleSessionName": "me", "SourceIdentity": "me", "Policy": {"Version": "2012-10-17", "Statement": []}, "PolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", {"arn": "arn:aws:iam::aws:policy/Billing"}], "Tags": [{"Key": "team", "Value": "blue"}], "TransitiveTagKeys": ["team"]}]`,
  `"${roleArn}"`,
];

export const TARGET_LISTS: readonly string[] = [
  `[{"SourceAccountID": "111111111111", "SourceRoleName": "Ops", "TargetArn": "${roleArn}", "TargetAccountName": "prod", "Region": "eu-west-1"}]`,
  `{"SourceAccountID": "012345678901", "SourceRoleName": "Ops", "TargetArn": "arn:aws:iam::333333333333:role/Deploy"}`,
];

export const URLS: readonly string[] = [
  startUrl,
  "https://example.awsapps.com/start#/",
  "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws",
  "http://127.0.0.1:4566/a/b//",
  "https://[fd00:ec2::23]:443/v1/credentials",
  "HTTPS://Example.COM:8443/",
  "https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1#Instances:",
  "https://eu-west-1.console.aws.amazon.com/",
  "http://169.254.170.2/v2/credentials/made-up",
  "/v2/credentials/made-up?a=b",
  "ec2",
];

export const ARNS: readonly string[] = [
  roleArn,
  "arn:aws:sts::222222222222:assumed-role/Deploy/me",
  "arn:aws-us-gov:iam::555555555555:instance-profile/x",
  "arn:aws:iam::111111111111:user/me",
];

export const TIMES: readonly string[] = [
  "2030-01-31T12:00:00Z",
  "2030-01-31T12:00:00UTC",
  "2030-02-28 23:59:59.123456789+01:30",
  "2028-02-29T00:00:00-0800",
  "0001-01-01T00:00:00Z",
];

export const REGIONS: readonly string[] = [
  "eu-west-1",
  "us-gov-west-1",
  "cn-north-1",
  "fips-us-east-1",
  "us-east-1-fips",
  "aws-global",
  "eusc-de-east-1",
  "mars-north-1",
];

export const NO_PROXY_LISTS: readonly string[] = [
  "localhost,127.0.0.1,.example.com, 10.0.0.0/8,fd00::/8",
  "*.amazonaws.com:443,[::1]:8080,example.com.,169.254.170.2",
  "*",
];

export const PROXIES: readonly string[] = [
  `http://user:${SECRET}@proxy.example.com:3128`,
  "proxy.example.com:3128",
  "https://[fd00::1]:443/",
];

export const CALLBACKS: readonly string[] = [
  `/oauth/callback?code=${SECRET}&state=made-up-state`,
  "/oauth/callback?error=access_denied&error_description=no+way&state=made-up-state",
  "/favicon.ico",
];
