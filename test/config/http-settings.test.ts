import { describe, expect, test } from "bun:test";
import { caBundle, type RetrySettings, retrySettings } from "../../src/config/http-settings.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf } from "./from-text.ts";

const caProfile = profileOf("ca_bundle = ~/ca.pem");

describe("caBundle()", () => {
  test("caBundle() takes the variable first", () => {
    expect(caBundle({ AWS_CA_BUNDLE: "/etc/ca.pem" }, caProfile, "/home/me")).toEqual({
      path: "/etc/ca.pem",
      source: "AWS_CA_BUNDLE",
    });
  });
  test("caBundle() takes the profile next and replaces a tilde by the home directory", () => {
    expect(caBundle({}, caProfile, "/home/me")).toEqual({
      path: "/home/me/ca.pem",
      source: `ca_bundle (${configPath}:2)`,
    });
  });
  test("caBundle() is undefined when nothing sets it", () => {
    expect(caBundle({}, undefined, "/home/me")).toBeUndefined();
  });
  test("caBundle() refuses an empty variable", () => {
    expect(failureOf(() => caBundle({ AWS_CA_BUNDLE: "" }, caProfile, "/home/me")).message).toBe(
      "cannot use AWS_CA_BUNDLE: it is set but empty",
    );
  });
  test("caBundle() refuses an empty setting", () => {
    expect(failureOf(() => caBundle({}, profileOf("ca_bundle ="), "/home/me")).message).toBe(
      `cannot use ca_bundle (${configPath}:2): it is set but empty`,
    );
  });
});

const retryProfile = profileOf("max_attempts = 7", "retry_mode = adaptive");
const cases: Record<string, { env: Environment; settings: RetrySettings }> = {
  "come from the environment": {
    env: { AWS_MAX_ATTEMPTS: "1", AWS_RETRY_MODE: "Standard" },
    settings: { maxAttempts: 1, mode: "standard" },
  },
  "come from the profile": { env: { AWS_MAX_ATTEMPTS: "" }, settings: { maxAttempts: 7, mode: "adaptive" } },
};

describe("retrySettings()", () => {
  for (const [sentence, { env, settings }] of Object.entries(cases)) {
    test(`retrySettings() ${sentence}`, () => expect(retrySettings(env, retryProfile)).toEqual(settings));
  }
  test("retrySettings() are undefined when nothing is set", () => {
    expect(retrySettings({}, undefined)).toEqual({ maxAttempts: undefined, mode: undefined });
  });
  for (const value of ["0", "-1", "2.5", "3x", "1e3", "many", "99999999999"]) {
    test(`retrySettings() refuses ${value} attempts`, () => {
      expect(failureOf(() => retrySettings({ AWS_MAX_ATTEMPTS: value }, retryProfile)).message).toBe(
        "cannot use AWS_MAX_ATTEMPTS: it is not a whole number above 0",
      );
    });
  }
  test("retrySettings() refuses an unknown mode and names its line", () => {
    expect(failureOf(() => retrySettings({}, profileOf("retry_mode = eager"))).message).toBe(
      `cannot use retry_mode (${configPath}:2): it is not standard, adaptive or legacy`,
    );
  });
});
