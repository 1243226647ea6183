import { expect, test } from "bun:test";
import { storedLogin } from "../../../src/commands/login/stored-login.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem } from "../../support/fake-system.ts";

test("storedLogin() says which command signs in where the profile has no such session", async () => {
  const system = fakeSystem();
  const endpoint = () => {
    throw new Error("no request is sent");
  };
  const failure = await failureOf(() =>
    storedLogin("my prof", undefined, { system, http: fakeHttpClient(system), endpoint }),
  );
  expect([failure.kind, failure.message]).toEqual([
    "sign-in-needed",
    "cannot use profile my prof: it has no login_session",
  ]);
  expect(failure.hints).toEqual(["sign in with: aws-login login --profile 'my prof'"]);
});
