import { describe, expect, test } from "bun:test";
import { renewalRequest, whyNotRenewable } from "../../src/endpoint/renewal-request.ts";
import { optionsOf } from "../support/options.ts";

test("renewalRequest() asks no person, renews nothing early, and keeps what is used once out", () => {
  const options = optionsOf("runas", "--profile", "dev", "--sign-in", "always", "--refresh", "on");
  const request = renewalRequest({ ...options, mfaToken: "123456", ssoAccessToken: "made-up" });
  expect(request).toMatchObject({ profile: "dev", signIn: "never", refresh: "auto" });
  expect(JSON.stringify(request)).not.toMatch(/123456|made-up/);
});

test("renewalRequest() never renews a token that must not be renewed", () => {
  expect(renewalRequest(optionsOf("runas", "--refresh", "off")).refresh).toBe("off");
});

describe("whyNotRenewable()", () => {
  const credentials = { accessKeyId: "ASIA1", secretAccessKey: "made-up" };
  const acquired = { credentials, asked: undefined };

  test("names what is used once, a person's code, and keys of the environment", () => {
    expect(whyNotRenewable({ ssoAccessToken: "-" }, acquired, {})).toBe("--sso-access-token is used once");
    expect(whyNotRenewable({ mfaToken: "123456" }, acquired, {})).toBe("--mfa-token is used once");
    expect(whyNotRenewable({}, { ...acquired, asked: "person" }, {})).toBe(
      "a person was asked for a code or a password",
    );
    expect(whyNotRenewable({}, { ...acquired, asked: "stdin" }, {})).toBe("a token from stdin is read once");
    expect(whyNotRenewable({}, { ...acquired, asked: "pipe" }, {})).toBe("what comes by a pipe is read once");
    expect(whyNotRenewable({}, acquired, { AWS_ACCESS_KEY_ID: "ASIA1" })).toBe(
      "the environment has no others",
    );
  });

  test("is undefined for a role that keys of the environment assume", () => {
    expect(whyNotRenewable({}, acquired, { AWS_ACCESS_KEY_ID: "AKIA1" })).toBeUndefined();
  });
});
