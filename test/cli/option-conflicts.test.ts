import { describe, expect, test } from "bun:test";
import { parse } from "../../src/cli/parse.ts";
import { type Refusal, testRefusals } from "./usage-failure.ts";
import { words } from "./words.ts";

const URL = "--start-url https://d-1234567890.awsapps.com/start";
const ROLE = "--sso-acct-id 111111111111 --sso-role-name ReadOnlyAccess";

const OUTSIDE = "--trust-anchor-arn A --profile-arn P --role-arn R";

const REFUSED: Record<string, Refusal> = {
  "two tokens: one given, one in a file": [
    `console --sso-access-token t --accesstoken-cache f ${ROLE}`,
    "--sso-access-token contradicts --accesstoken-cache",
    "leave out the one",
  ],
  "two tokens: one given, one stored": [
    `console --sso-access-token t --use-cache ${ROLE}`,
    "--sso-access-token contradicts --use-cache",
    "leave out --use-cache",
  ],
  "two tokens: one in a file, one stored": [
    "dumpconfig --accesstoken-cache f --use-cache",
    "--accesstoken-cache contradicts --use-cache",
    "aws-login importcache --accesstoken-cache FILE",
  ],
  "a profile and a start URL": [
    `console --profile p ${URL} ${ROLE}`,
    "--profile contradicts --start-url",
    "leave out --profile",
  ],
  "a profile and a start URL without a role": [
    `console --profile p ${URL}`,
    "--profile contradicts --start-url",
    "leave out --profile",
  ],
  "a profile and a session": [
    `console --profile p --sso-session s ${ROLE}`,
    "--profile contradicts --sso-session",
    "--sso-session",
  ],
  "a profile and an access token": [
    `console --profile p --sso-access-token t ${ROLE}`,
    "--profile contradicts --sso-access-token",
    "leave out --profile",
  ],
  "a profile and a token file": [
    `dumpconfig --profile p --accesstoken-cache f`,
    "--profile contradicts --accesstoken-cache",
    "leave out --profile",
  ],
  "a profile and a role of the stored portal": [
    `console --profile p --use-cache ${ROLE}`,
    "--profile contradicts --sso-acct-id",
    "leave out --profile",
  ],
  "a report in rows": [
    "status --format tsv",
    "cannot use --format tsv: status prints one report",
    "for programs --format json",
  ],
  "words and a profile": [
    "console prod admin --profile dev",
    '"prod" contradicts --profile: each names a credential source',
    "leave out the words to use --profile",
  ],
  "words and an account with a role": [
    "runas prod --sso-acct-id 111111111111 --sso-role-name R -- ls",
    '"prod" contradicts --sso-acct-id with --sso-role-name',
    "leave out the words",
  ],
  "words and a certificate": [
    "console prod --certificate c.pem --trust-anchor-arn a --profile-arn p --role-arn r",
    '"prod" contradicts --certificate',
    "leave out the words",
  ],
  "a certificate and a profile": [
    `getcallerid --certificate c ${OUTSIDE} --profile p`,
    "--certificate contradicts --profile",
    "leave out --profile",
  ],
  "a web identity token and a certificate": [
    `getcallerid --web-identity-token f --certificate c ${OUTSIDE}`,
    "--certificate contradicts --web-identity-token",
    "leave out the options of Roles Anywhere",
  ],
  "a web identity token and the endpoint of Roles Anywhere": [
    "getcallerid --web-identity-token f --role-arn R --endpoint https://a.example",
    "--endpoint contradicts --web-identity-token",
    "leave out the options of Roles Anywhere",
  ],
  "a web identity token and a profile": [
    "getcallerid --web-identity-token f --role-arn R --profile p",
    "--web-identity-token contradicts --profile",
    "leave out --profile to use the token, or --web-identity-token",
  ],
  "a web identity token and a portal": [
    `getcallerid --web-identity-token github --role-arn R --sso-session s`,
    "--web-identity-token contradicts --sso-session",
    "leave out --sso-session",
  ],
  "words and a web identity token": [
    "console prod --web-identity-token f --role-arn R",
    '"prod" contradicts --web-identity-token',
    "leave out the words",
  ],
  "a certificate and a start URL": [
    `console --certificate c ${OUTSIDE} ${URL} ${ROLE}`,
    "--certificate contradicts --start-url",
    "leave out --start-url",
  ],
  "a certificate and a role of the stored portal": [
    `dumpcreds --certificate c ${OUTSIDE} --use-cache ${ROLE}`,
    "--certificate contradicts --sso-acct-id",
    "leave out --sso-acct-id",
  ],
  "a private key and a role of the profile's portal": [
    `dumpcreds --private-key k ${ROLE}`,
    "--private-key contradicts --sso-acct-id",
    "leave out --sso-acct-id",
  ],
  "two ways to an MFA code": [
    "getcallerid --mfa-token 123456 --mfa-process ykman",
    "--mfa-token contradicts --mfa-process: each gives the MFA code",
    "leave out --mfa-token",
  ],
  "a start URL and a session": [
    `console ${URL} --sso-session s ${ROLE}`,
    "--start-url contradicts --sso-session",
    "leave out --start-url",
  ],
  "a start URL and a session for login": [
    `login ${URL} --sso-session s`,
    "--start-url contradicts --sso-session",
    "leave out",
  ],
  "a start URL and a session for logout": [
    `logout ${URL} --sso-session s`,
    "--start-url contradicts --sso-session",
    "leave out",
  ],
  "two ways for a browser elsewhere": [
    `console ${URL} ${ROLE} --remote --use-device-code`,
    "--remote contradicts --use-device-code",
    "leave out --remote",
  ],
  "a port for a device code": [
    `login ${URL} --callback-port 8400 --use-device-code`,
    "--callback-port contradicts --use-device-code",
    "leave out --callback-port",
  ],
  "two exchanges of long-term keys": [
    "console --get-session-token --get-federation-token",
    "--get-session-token contradicts --get-federation-token",
    "--get-federation-token",
  ],
  "roles after federation": [
    "console --get-federation-token --assume-roles r",
    "--get-federation-token contradicts --assume-roles",
    "--get-session-token",
  ],
  "two forms of output": [
    "dumpcreds --credential-helper --outform json",
    "--credential-helper contradicts --outform",
    "leave out --outform",
  ],
  "two things to run": ["runas --command ls -- ls", "--command contradicts --", "PROGRAM ARGS"],
  "a command line and an empty program": ["runas -c ls --", "--command contradicts --", "PROGRAM ARGS"],
};
describe("checkConflicts() refuses", () => testRefusals(REFUSED));

const ACCEPTED: Record<string, string> = {
  "a start URL beside a token": `console --sso-access-token t ${URL} ${ROLE}`,
  "a start URL beside a token file": `dumpconfig --accesstoken-cache f ${URL}`,
  "a start URL beside the stored token": `console --use-cache ${URL} ${ROLE}`,
  "a session beside a token": `console --sso-access-token t --sso-session s ${ROLE}`,
  "a profile with the cache": "dumpcreds --profile p --use-cache",
  "the cache for any start": "dumpcreds --use-cache",
  "a role of the portal used last": `console --use-cache ${ROLE}`,
  "a profile beside a portal for login": `login --profile p ${URL}`,
  "a profile beside a session for logout": "logout --profile p --sso-session s",
  "login to a session": "login --sso-session s",
  "login by a profile": "login --profile p --use-device-code",
  "login that says --use-cache": `login --use-cache ${URL}`,
  "a given token, beside which a sign-in has no effect": `console --sso-access-token t --sign-in always ${ROLE}`,
  "a bare logout": "logout",
  "a bare dumpconfig, whose portal the default profile may name": "dumpconfig",
  "an MFA code alone, since a profile may name the device": "console --mfa-token 123456",
  "roles after a session": "console --get-session-token --assume-roles r",
  "a token file that says too little, with what is missing": `importcache --accesstoken-cache f ${URL} --sso-region eu-west-1`,
};
describe("checkConflicts() accepts", () => {
  for (const [sentence, line] of Object.entries(ACCEPTED)) {
    test(sentence, () => {
      expect(parse(words(line))).toHaveProperty("options");
    });
  }
});
