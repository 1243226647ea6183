/** Secrets in wrong places of profiles, options and variables. */
import { role } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { keys, type Misplaced, option, whatever } from "./misplaced.ts";

const { jump } = SAMPLE_ROLES;
const credentials = (text: string): Misplaced => ({ files: { "home/.aws/credentials": text } });
const config = (text: string): Misplaced => ({ files: { "home/.aws/config": text } });
const variable = (name: string, value = "SECRET"): Misplaced => ({ env: { ...keys, [name]: value } });

const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/x", AWS_MAX_ATTEMPTS: "1" };

const withPassword = (place: string) => `https://user:SECRET@${place}`;

export const inSettings: Readonly<Record<string, Misplaced>> = {
  "as the key id, in the environment": { env: { AWS_ACCESS_KEY_ID: "SECRET", AWS_SECRET_ACCESS_KEY: "x" } },
  "as the key id, in a file": credentials(
    "[default]\naws_access_key_id = SECRET\naws_secret_access_key = x\n",
  ),
  "as the session token of long-term keys": variable("AWS_SESSION_TOKEN"),
  "on a line without =": whatever(credentials("[default]\naws_secret_access_key SECRET\n")),
  "on a line by itself": whatever(credentials("SECRET\n[default]\n")),
  "as a section": whatever(credentials("[SECRET]\naws_access_key_id = x\n")),
  "beside a section's name": whatever(credentials("[default SECRET]\naws_access_key_id = x\n")),
  "as a setting's name": whatever(credentials("[default]\nSECRET = x\naws_access_key_id = y\n")),
  "on an indented line": whatever(
    credentials("[default]\naws_access_key_id = x\n aws_secret_access_key = SECRET\n"),
  ),
  "beside a key id that is missing": whatever(credentials("[default]\naws_secret_access_key = SECRET\n")),
  "as a profile's region": config(
    "[default]\nregion = SECRET\naws_access_key_id = x\naws_secret_access_key = y\n",
  ),
  "as a source profile": config(`[default]\nrole_arn = ${jump}\nsource_profile = SECRET\n`),
  "as a credential source": config(`[default]\nrole_arn = ${jump}\ncredential_source = SECRET\n`),
  "as a role": config("[default]\nrole_arn = SECRET\nsource_profile = default\naws_access_key_id = x\n"),
  "as a session": config(
    "[default]\nsso_session = SECRET\nsso_account_id = 111111111111\nsso_role_name = x\n",
  ),
  "as a start URL of a profile": whatever(
    config(
      "[default]\nsso_start_url = SECRET\nsso_region = us-east-1\nsso_account_id = 111111111111\nsso_role_name = x\n",
    ),
  ),
  "as a login session": whatever(config("[default]\nlogin_session = SECRET\n")),
  "as the value of --duration": option("--duration", "SECRET"),
  "as the value of --sso-acct-id": option("--sso-acct-id", "SECRET", "--sso-role-name", "x"),
  "as the value of --outform": option("--outform", "SECRET"),
  "as the value of --sign-in": option("--sign-in=SECRET"),
  "as the value of --refresh": option("--refresh=SECRET"),
  "as the value of --region": option("--region", "SECRET"),
  "as the value of --sso-region": option("--sso-region", "SECRET"),
  "as the value of --role-session-name": option("--assume-roles", jump, "--role-session-name", "SECRET"),
  "as the value of --source-identity": option("--assume-roles", jump, "--source-identity", "SECRET"),
  "as the value of --external-id": option("--assume-roles", jump, "--external-id", "SECRET !"),
  "as the value of --mfa-serial": option(
    "--assume-roles",
    jump,
    "--mfa-serial",
    "SECRET",
    "--mfa-token",
    "123456",
  ),
  "as the value of --mfa-token": whatever(option("--assume-roles", jump, "--mfa-token", "SECRET")),
  "as the value of --assume-roles": option("--assume-roles", "SECRET"),
  "in a list of roles that is no JSON": option("--assume-roles", '["SECRET'),
  "as the value of --start-url": option("--start-url", "SECRET", ...role),
  "as the value of --sso-session": option("--sso-session", "SECRET", ...role),
  "as the value of --accesstoken-cache": option("--accesstoken-cache", "SECRET", ...role),
  "as the value of --profile": option("--profile", "SECRET"),
  "as the value of --destination": whatever({
    args: ["console", "--no-browser", "--destination", "SECRET"],
    env: keys,
  }),
  "as the value of an option that is misspelt": whatever(option("--sso-acces-token", "SECRET")),
  "as the value of an option that is misspelt, with =": whatever(option("--sso-acces-token=SECRET")),
  "as the value of an option that takes none": whatever(option("--use-cache=SECRET")),
  "behind the equals sign of an option with one dash": whatever(option("-sso-access-token=SECRET")),
  "behind the letter of an option": whatever(option("-cSECRET")),
  "behind a letter that is no option": whatever(option("-pSECRET")),
  "in an option that stands in the place of a value": whatever(
    option("--region", "--sso-access-token=SECRET"),
  ),
  "in an address of the console": whatever({
    args: ["console", "https://signin.aws.amazon.com/federation?Action=login&SigninToken=SECRET"],
  }),
  "as an option": option("--SECRET"),
  "as a word too many": option("SECRET"),
  "as a command": { args: ["SECRET"] },
  "as a topic of help": { args: ["help", "SECRET"] },
  "as a shell": { args: ["completion", "SECRET"] },
  "in --start-url as a password": whatever(
    option("--start-url", withPassword("d-1.awsapps.com/start"), ...role),
  ),
  "in --destination as a password": whatever({
    args: ["console", "--no-browser", "--destination", withPassword("console.aws.amazon.com/x")],
    env: keys,
  }),
  "in a profile's start URL as a password": whatever(
    config(
      `[default]\nsso_start_url = ${withPassword("d-1.awsapps.com/start")}\nsso_region = us-east-1\nsso_account_id = 111111111111\nsso_role_name = x\n`,
    ),
  ),
  "in a profile's endpoint as a password": whatever(
    config(
      `[default]\nendpoint_url = ${withPassword("127.0.0.1:9")}\naws_access_key_id = x\naws_secret_access_key = y\n`,
    ),
  ),
  "as AWS_REGION": variable("AWS_REGION"),
  "as AWS_PROFILE": { env: { AWS_PROFILE: "SECRET" } },
  "as AWS_CA_BUNDLE": variable("AWS_CA_BUNDLE"),
  "as AWS_MAX_ATTEMPTS": whatever(variable("AWS_MAX_ATTEMPTS")),
  "as AWS_RETRY_MODE": whatever(variable("AWS_RETRY_MODE")),
  "as AWS_USE_FIPS_ENDPOINT": whatever(variable("AWS_USE_FIPS_ENDPOINT")),
  "as AWS_ENDPOINT_URL": whatever(variable("AWS_ENDPOINT_URL")),
  "in AWS_ENDPOINT_URL as a password": whatever(
    variable("AWS_ENDPOINT_URL", "http://user:SECRET@127.0.0.1:9"),
  ),
  "in AWS_ENDPOINT_URL_STS as a query": whatever(
    variable("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9/?key=SECRET"),
  ),
  "as HTTPS_PROXY": variable("HTTPS_PROXY"),
  "in HTTPS_PROXY as a password, of a proxy that is not there": whatever(
    variable("HTTPS_PROXY", "http://user:SECRET@127.0.0.1:9"),
  ),
  "in HTTPS_PROXY as a password, of something else": whatever(
    variable("HTTPS_PROXY", "ftp://user:SECRET@127.0.0.1:9"),
  ),
  "in the address of a container as a password": whatever({
    env: { ...container, AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://user:SECRET@127.0.0.1:9/x" },
  }),
  "in the address of a container as its path": whatever({
    env: { ...container, AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/SECRET?SECRET" },
  }),
  "as the address of a container": whatever({
    env: { ...container, AWS_CONTAINER_CREDENTIALS_FULL_URI: "SECRET" },
  }),
  "as the path of a container": whatever({ env: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "SECRET" } }),
  "as the token of a container": whatever({
    env: { ...container, AWS_CONTAINER_AUTHORIZATION_TOKEN: "SECRET" },
  }),
  "as the token of a container, over two lines": whatever({
    env: { ...container, AWS_CONTAINER_AUTHORIZATION_TOKEN: "SECRET\nSECRET" },
  }),
  "in the address of instance metadata as a password": whatever({
    env: {
      AWS_EC2_METADATA_DISABLED: "false",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://user:SECRET@127.0.0.1:9",
    },
  }),
  "as the file of a web identity": { env: { AWS_WEB_IDENTITY_TOKEN_FILE: "SECRET", AWS_ROLE_ARN: jump } },
  "as the role of a web identity": {
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: "token", AWS_ROLE_ARN: "SECRET" },
    files: { "work/token": "made up" },
  },
  "in a web identity's token that STS refuses": whatever({
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: "token", AWS_ROLE_ARN: jump },
    files: { "work/token": "SECRET" },
  }),
  "in a web identity's token of two lines": whatever({
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: "token", AWS_ROLE_ARN: jump },
    files: { "work/token": "SECRET\nSECRET\n" },
  }),
};
