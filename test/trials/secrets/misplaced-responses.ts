/** Secrets in files of tokens, in what helpers print and in what services respond with, all of it broken or refused. */
import { role, sessionToken, startUrl } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { keys, type Misplaced, option, whatever } from "./misplaced.ts";

const { jump } = SAMPLE_ROLES;

/** Reads a token file of this text. */
const tokenText = (text: string): Misplaced => ({
  args: ["dumpcreds", "--accesstoken-cache", "token.json", ...role],
  files: { "work/token.json": text },
});
const expiresAt = "2199-01-01T00:00:00Z";
const token = (members: object) =>
  tokenText(JSON.stringify({ startUrl, region: "us-east-1", expiresAt, ...members }));

/** A service that sends back what it was sent. */
const responses = (
  status: number,
  contentType: string,
  body: string,
  more: Misplaced = { env: keys },
): Misplaced => ({
  ...more,
  response: { status, contentType, body },
});
const xml = (message: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>${message}</Message></Error><RequestId>00000000-0000-4000-8000-000000000001</RequestId></ErrorResponse>`;

/** A profile whose helper does this. */
const helper = (script: string): Misplaced => ({
  files: {
    "home/.aws/config": "[default]\ncredential_process = /bin/sh helper.sh\n",
    "work/helper.sh": script,
  },
  inherits: true,
});
const portal = { args: ["dumpcreds", "--sso-access-token", "SECRET", "--start-url", startUrl, ...role] };

export const inResponses: Readonly<Record<string, Misplaced>> = {
  "in a token file that is no JSON": whatever(tokenText("accessToken: SECRET")),
  "in a token file that is cut short": whatever(tokenText('{"accessToken": "SECRET')),
  "in a token file without a time": whatever(tokenText('{"accessToken": "SECRET"}')),
  "as a token file's time": token({ accessToken: "x", expiresAt: "SECRET" }),
  "as a token file's region": token({ accessToken: "x", region: "SECRET" }),
  "as a token file's start URL": token({ accessToken: "x", startUrl: "SECRET" }),
  "in a token file's start URL as a password": whatever(
    token({ accessToken: "x", startUrl: "https://user:SECRET@d-1.awsapps.com/start" }),
  ),
  "in a token file that the portal refuses": whatever(
    token({ accessToken: "SECRET", refreshToken: "SECRET", clientId: "x", clientSecret: "SECRET" }),
  ),
  "in a token file as a token of two lines": whatever(token({ accessToken: "SECRET\r\nSECRET" })),
  "in a registration that is taken for a token file": whatever(
    tokenText('{"clientId": "x", "clientSecret": "SECRET"}'),
  ),
  "in the AWS CLI's cache, cut short": whatever({
    args: ["dumpcreds", "--profile", "s", "--sign-in", "never"],
    files: {
      "home/.aws/config": `[profile s]\nsso_session = my-sso\nsso_account_id = 111111111111\nsso_role_name = x\n[sso-session my-sso]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`,
      [sessionToken]: '{"accessToken": "SECRET", "refreshToken": "SECRET',
    },
  }),
  "to import, without a portal": whatever({
    args: ["importcache", "--accesstoken-cache", "token.json"],
    files: { "work/token.json": `{"accessToken": "SECRET", "expiresAt": "${expiresAt}"}` },
  }),
  "as an access token that the portal refuses": whatever(portal),
  "as an access token that no header takes": whatever({
    args: [...portal.args, "--sso-access-token", "SECRET\nx"],
  }),
  "on stdin, refused by the portal": whatever({
    args: ["dumpcreds", "--sso-access-token", "-", "--start-url", startUrl, ...role],
    stdin: "SECRET\n",
  }),
  "on stdin, with more than a token": whatever({
    args: ["dumpcreds", "--sso-access-token", "-", "--start-url", startUrl, ...role],
    stdin: "SECRET\nSECRET\n",
  }),
  "in what a helper prints that is no JSON": whatever(helper("echo 'the key is SECRET'")),
  "in what a helper prints without Version": whatever(helper(`echo '{"SecretAccessKey": "SECRET"}'`)),
  "as the Expiration that a helper prints": whatever(
    helper(`echo '{"Version": 1, "AccessKeyId": "x", "SecretAccessKey": "SECRET", "Expiration": "SECRET"}'`),
  ),
  "in what a helper prints before it fails": whatever(helper("echo SECRET; exit 3")),
  "in what a helper complains of": helper("echo 'refused: SECRET (token=SECRET)' >&2; exit 3"),
  "in an error message of STS": responses(
    403,
    "text/xml",
    xml("the canonical string was 'x-amz-security-token:SECRET\nhost'"),
  ),
  "as what an error message of STS calls a code, a signature or a token": whatever(
    responses(
      403,
      "text/xml",
      xml("you sent TokenCode=SECRET, Signature=SECRET X-Amz-Security-Token=SECRET"),
    ),
  ),
  "in an error message of STS for a role": responses(
    403,
    "text/xml",
    xml("SECRET"),
    option("--assume-roles", jump),
  ),
  "in a response of STS that is no XML": whatever(responses(200, "text/xml", "<a>SECRET")),
  "in a response of STS that is JSON": whatever(responses(403, "application/json", '{"secret": "SECRET"}')),
  "in a page of something between": whatever(responses(502, "text/html", "<h1>SECRET</h1>")),
  "in an error message of the portal": responses(
    403,
    "application/json",
    '{"message": "bad token SECRET"}',
    portal,
  ),
  "in a response of the portal that is cut short": whatever(
    responses(200, "application/json", '{"roleCredentials": {"secretAccessKey": "SECRET"', portal),
  ),
  "in a response of the portal without a key id": whatever(
    responses(200, "application/json", '{"roleCredentials": {"secretAccessKey": "SECRET"}}', portal),
  ),
};
