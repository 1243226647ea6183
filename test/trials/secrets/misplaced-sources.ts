/** Secrets in wrong places of the sources from outside of AWS: certificates, tokens of other issuers, codes of commands. */
import { ecKeys, keyPem, outsideArns, serverCertificate } from "../../end-to-end/support/own-authority.ts";
import { SAMPLE_MFA, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { keys, type Misplaced, option, whatever } from "./misplaced.ts";

const { jump, guarded } = SAMPLE_ROLES;
const pair = ecKeys();
const certificate = serverCertificate({ subject: "server", keys: pair });

/** A run with a certificate; `changed` are files in the place of the right ones, `more` further options. */
const byCertificate = (changed: Readonly<Record<string, string>> = {}, ...more: string[]): Misplaced => ({
  args: [
    ...["dumpcreds", "--certificate", "server.pem", "--private-key", "server-key.pem", ...outsideArns],
    ...more,
  ],
  files: { "work/server.pem": certificate, "work/server-key.pem": keyPem(pair), ...changed },
});
const locked = { "work/server-key.pem": keyPem(pair, "made-up password") };

const byToken = (token: string, more: Misplaced): Misplaced => ({
  ...more,
  args: ["getcallerid", "--web-identity-token", token, "--role-arn", jump],
});
const job = (url: string, secret: string): Misplaced =>
  byToken("github", {
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret },
  });
const endpoint =
  "https://run-actions-1-azure-eastus.actions.githubusercontent.com/36//idtoken/made-up-run/made-up-job";
/** A code by a command that does this. */
const codeOf = (script: string): Misplaced => ({
  ...option(
    "--assume-roles",
    guarded,
    "--mfa-serial",
    SAMPLE_MFA.serialNumber,
    "--mfa-process",
    "sh code.sh",
  ),
  files: { "work/code.sh": script },
  inherits: true,
});
const tags = (setting: string): Misplaced => ({
  files: {
    "home/.aws/config": `[default]\nrole_arn = ${jump}\nsource_profile = base\n${setting}\n`,
    "home/.aws/credentials": "[base]\naws_access_key_id = AKIAX\naws_secret_access_key = SECRET\n",
  },
});

export const inSources: Readonly<Record<string, Misplaced>> = {
  "in the place of a certificate": whatever(byCertificate({ "work/server.pem": "SECRET" })),
  "in the place of a private key": whatever(byCertificate({ "work/server-key.pem": "SECRET" })),
  "in the block of a private key": whatever(
    byCertificate({
      "work/server-key.pem": "-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n",
    }),
  ),
  "as the password of a private key, which is another": whatever(
    byCertificate({ ...locked, "work/password": "SECRET\n" }, "--private-key-password-file", "password"),
  ),
  "as the password of a private key that has none": whatever(
    byCertificate({ "work/password": "SECRET\n" }, "--private-key-password-file", "password"),
  ),
  "as the value of --trust-anchor-arn": whatever(byCertificate({}, "--trust-anchor-arn", "SECRET")),
  "as the value of --profile-arn": whatever(byCertificate({}, "--profile-arn", "SECRET")),
  "as the value of --role-arn": whatever(byCertificate({}, "--role-arn", "SECRET")),
  "in --endpoint as a password": whatever(byCertificate({}, "--endpoint", "https://user:SECRET@127.0.0.1:9")),
  "as a password in the arguments of AWS's helper": whatever({
    args: ["credential-process", "--pkcs8-password", "SECRET"],
  }),
  "in a response of Roles Anywhere that is cut short": whatever({
    ...byCertificate(),
    response: {
      status: 201,
      contentType: "application/json",
      body: '{"credentialSet": [{"credentials": {"secretAccessKey": "SECRET"',
    },
  }),
  "in a response of Roles Anywhere without a key id": whatever({
    ...byCertificate(),
    response: {
      status: 201,
      contentType: "application/json",
      body: '{"credentialSet": [{"credentials": {"secretAccessKey": "SECRET", "sessionToken": "SECRET"}}]}',
    },
  }),
  "in a web identity's token on stdin that STS refuses": whatever(byToken("-", { stdin: "SECRET\n" })),
  "in a web identity's token on stdin, with more than a token": whatever(
    byToken("-", { stdin: "SECRET\nSECRET\n" }),
  ),
  "as a token in the place of its file": whatever(byToken("eyJhbGciOiJub25lIn0.SECRET.c2ln", {})),
  "as the secret of a job that GitHub refuses": whatever(job(`${endpoint}?api-version=2.0`, "SECRET")),
  "as the secret of a job, over two lines": whatever(job(`${endpoint}?api-version=2.0`, "SECRET\nSECRET")),
  "as the address for a job's token": whatever(job("SECRET", "made up")),
  "in the address for a job's token as a password": whatever(
    job("https://user:SECRET@actions.example/x", "made up"),
  ),
  "in the address for a job's token as its query": whatever(job(`${endpoint}?key=SECRET`, "made up")),
  "in the address for a job's token, which has no TLS": whatever(
    job("http://actions.example/SECRET?key=SECRET", "made up"),
  ),
  "in what GitHub says when it repeats the secret": {
    ...job(`${endpoint}?api-version=2.0`, "SECRET"),
    response: { status: 401, contentType: "application/json", body: '{"message": "bad secret SECRET"}' },
  },
  "in a response of GitHub that is cut short": whatever({
    ...job(`${endpoint}?api-version=2.0`, "made up"),
    response: { status: 200, contentType: "application/json", body: '{"count": 1, "value": "SECRET' },
  }),
  "in a response of GitHub over two lines": whatever({
    ...job(`${endpoint}?api-version=2.0`, "made up"),
    response: { status: 200, contentType: "application/json", body: '{"value": "SECRET\\nSECRET"}' },
  }),
  "in what a command prints in the place of a code": whatever(codeOf("echo SECRET")),
  "in what a command prints before it fails": whatever(codeOf("echo SECRET; exit 3")),
  "as a session tag without =": { ...tags("session_tags = SECRET"), env: keys },
  "beside session tags": tags("transitive_session_tags = SECRET"),
};
