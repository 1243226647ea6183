import { describe, expect, test } from "bun:test";
import { formatCredentialHelper } from "../../src/lib/credential-process-json.ts";
import type { Credentials } from "../../src/lib/credentials.ts";

const longTerm: Credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "made/up+secret" };
const session: Credentials = {
  ...longTerm,
  accessKeyId: "ASIAEXAMPLE",
  sessionToken: "made-up-token==",
  expiration: Date.UTC(2031, 0, 2, 3, 4, 5, 999),
  accountId: "012345678901",
};

const cases: Record<string, [Credentials, string]> = {
  "says all it knows, in AWS's order, the time in whole seconds and the account as text": [
    session,
    '{"Version":1,"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"made/up+secret","SessionToken":"made-up-token==",' +
      '"Expiration":"2031-01-02T03:04:05Z","AccountId":"012345678901"}\n',
  ],
  "has no member for what long-term keys do not have": [
    longTerm,
    '{"Version":1,"AccessKeyId":"AKIAEXAMPLE","SecretAccessKey":"made/up+secret"}\n',
  ],
  "stays on one line whatever a value holds": [
    { accessKeyId: 'a"b\\', secretAccessKey: "line\nbreak" },
    '{"Version":1,"AccessKeyId":"a\\"b\\\\","SecretAccessKey":"line\\nbreak"}\n',
  ],
};

describe("formatCredentialHelper()", () => {
  for (const [sentence, [credentials, text]] of Object.entries(cases)) {
    test(`formatCredentialHelper() ${sentence}`, () => {
      expect(formatCredentialHelper(credentials)).toBe(text);
    });
  }
});
