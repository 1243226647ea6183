import { expect, test } from "bun:test";
import { signInState } from "../../../src/commands/status/sign-ins.ts";
import { sha1Hex } from "../../../src/lib/digest.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const choice = {
  kind: "cli",
  startUrl,
  region: "us-east-1",
  sessionName: "s",
  scopes: undefined,
  loginOption: "--sso-session s",
} as const;
const path = `/h/.aws/sso/cache/${sha1Hex("s")}.json`;
const client = { refreshToken: "made-up", clientId: "c", clientSecret: "made-up" };

const state = (token: object | undefined) =>
  signInState(
    choice,
    fakeSystem({ files: token === undefined ? {} : { [path]: JSON.stringify(token) } }),
    "/h",
  );

test("signInState() tells a valid sign-in, one that renews itself, and one that needs a person", async () => {
  const accessToken = "made-up";
  const ended = { accessToken, expiresAt: "2030-01-31T11:00:00Z" };
  expect((await state({ accessToken, expiresAt: "2030-01-31T20:00:00Z" })).state).toBe("valid");
  expect((await state(ended)).state).toBe("missing");
  expect(await state({ ...ended, ...client })).toEqual({
    state: "due",
    name: startUrl,
    hint: "sign in with: aws-login login --sso-session s",
    report: {
      startUrl,
      region: "us-east-1",
      expiresAt: "2030-01-31T11:00:00Z",
      refreshable: true,
      clientExpiresAt: null,
      file: path,
    },
  });
  expect(await state(undefined)).toMatchObject({ state: "missing", report: undefined });
});
