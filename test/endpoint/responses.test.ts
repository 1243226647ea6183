import { expect, test } from "bun:test";
import { credentialsResponse, failureResponse, forbidden } from "../../src/endpoint/responses.ts";
import { Failure, type FailureKind } from "../../src/lib/errors.ts";
import { noon } from "../support/fake-system.ts";

const credentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "made-up",
  sessionToken: "made-up-token",
  accountId: "012345678901",
};

test("credentialsResponse() has what SDKs want, the end in whole seconds", () => {
  const { status, headers, body } = credentialsResponse({ credentials, acquired: 0, expires: noon + 1_999 });
  expect(status).toBe(200);
  expect(headers).toEqual({ "Content-Type": "application/json", "Cache-Control": "no-store" });
  expect(JSON.parse(body)).toEqual({
    AccessKeyId: "ASIA1",
    SecretAccessKey: "made-up",
    Token: "made-up-token",
    Expiration: "2030-01-31T12:00:01Z",
    AccountId: "012345678901",
  });
});

test("forbidden says nothing", () => {
  expect(forbidden).toMatchObject({ status: 403, body: "" });
  expect(forbidden.headers["Cache-Control"]).toBe("no-store");
});

const kinds: [FailureKind, number, string][] = [
  ["sign-in-needed", 401, "ExpiredToken"],
  ["no-credentials", 401, "ExpiredToken"],
  ["usage", 400, "InvalidRequest"],
  ["failed", 503, "CredentialsUnavailable"],
];
test.each(kinds)("failureResponse() of %s, for SDKs that read either spelling", (kind, status, code) => {
  const failure = new Failure(kind, "cannot use it: it ended", { hints: ["sign in: aws-login login"] });
  const response = failureResponse(failure);
  const message = "cannot use it: it ended; sign in: aws-login login";
  expect(response.status).toBe(status);
  expect(response.headers["Cache-Control"]).toBe("no-store");
  expect(JSON.parse(response.body)).toEqual({ code, message, Code: code, Message: message });
});
