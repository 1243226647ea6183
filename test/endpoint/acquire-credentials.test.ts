import { expect, test } from "bun:test";
import { acquireCredentials } from "../../src/endpoint/acquire-credentials.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { optionsOf } from "../support/options.ts";

const keys = "aws_access_key_id = AKIA1\naws_secret_access_key = made-up\n";
const env = { HOME: "/home/me" };
const request = { ...optionsOf("serve", "--profile", "dev"), signIn: "never" } as const;

test("acquireCredentials() acquires without a word on stderr", async () => {
  const files = { "/home/me/.aws/credentials": `[dev]\n${keys}aws_session_token = made-up\nregoin = x\n` };
  const system = fakeSystem({ env, files });
  expect((await acquireCredentials(request, system)).credentials.accessKeyId).toBe("AKIA1");
  expect(system.stderrLines).toEqual([]);
});

test("acquireCredentials() says what to do about long-term keys", async () => {
  const files = { "/home/me/.aws/credentials": `[dev]\n${keys}` };
  const failure = await failureOf(() =>
    acquireCredentials(request, fakeSystem({ env, files }), "take another"),
  );
  expect(failure).toMatchObject({ kind: "usage", hints: ["take another"] });
});

test("acquireCredentials() asks no person for an MFA code, and says that one is needed", async () => {
  const role = "role_arn = arn:aws:iam::111111111111:role/A\nmfa_serial = arn:aws:iam::111111111111:mfa/me\n";
  const files = {
    "/home/me/.aws/config": `[profile dev]\nsource_profile = dev\n${role}${keys}region = eu-west-1\n`,
  };
  const failure = await failureOf(() => acquireCredentials(request, fakeSystem({ env, files })));
  expect(failure.kind).toBe("sign-in-needed");
  expect(failure.message).toContain("an MFA code for arn:aws:iam::111111111111:mfa/me is needed");
  expect(failure.hints).toEqual(["let a command give the code: mfa_process = COMMAND in the profile"]);
});
