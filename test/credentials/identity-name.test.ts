import { expect, test } from "bun:test";
import { identityName } from "../../src/credentials/identity-name.ts";

const arn = "arn:aws:sts::222222222222:assumed-role/Ops/aws-login";

const cases: Record<string, [Parameters<typeof identityName>, string]> = {
  "the profile of the option": [[{ profile: "dev" }, arn, { AWS_PROFILE: "other" }], "dev"],
  "the profile of the environment": [[{}, arn, { AWS_PROFILE: "other" }], "other"],
  "the default profile": [[{}, arn, {}], "default"],
  "the account and role of the options": [
    [{ ssoAcctId: "012345678901", ssoRoleName: "ReadOnlyAccess" }, arn, {}],
    "012345678901/ReadOnlyAccess",
  ],
  "the last role that is assumed": [
    [{ profile: "dev", assumeRoles: "arn:aws:iam::222222222222:role/Ops" }, arn, {}],
    "222222222222/Ops",
  ],
  "the key of the environment": [[{}, "AKIA1 (the environment)", { AWS_ACCESS_KEY_ID: "AKIA1" }], "AKIA1"],
  "nothing that a prompt expands": [[{ profile: "a b$(id)\\w%n`" }, arn, {}], "a-b-id-w-n-"],
};

for (const [name, [args, expected]] of Object.entries(cases)) {
  test(`identityName() gives ${name}`, () => expect(identityName(...args)).toBe(expected));
}
