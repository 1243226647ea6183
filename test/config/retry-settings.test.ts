import { describe, expect, test } from "bun:test";
import { type RetrySettings, retrySettings } from "../../src/config/retry-settings.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf } from "./from-text.ts";

const profile = profileOf("max_attempts = 7", "retry_mode = adaptive");
const readings: Record<string, { env: Environment; settings: RetrySettings }> = {
  "come from the environment": {
    env: { AWS_MAX_ATTEMPTS: "1", AWS_RETRY_MODE: "Standard" },
    settings: { maxAttempts: 1, mode: "standard" },
  },
  "come from the profile": { env: { AWS_MAX_ATTEMPTS: "" }, settings: { maxAttempts: 7, mode: "adaptive" } },
};

describe("retrySettings", () => {
  for (const [sentence, { env, settings }] of Object.entries(readings)) {
    test(`retrySettings ${sentence}`, () => expect(retrySettings(env, profile)).toEqual(settings));
  }
  test("retrySettings are undefined when nobody said", () => {
    expect(retrySettings({}, undefined)).toEqual({ maxAttempts: undefined, mode: undefined });
  });
  for (const value of ["0", "-1", "2.5", "3x", "1e3", "many", "99999999999"]) {
    test(`retrySettings refuses ${value} attempts`, () => {
      expect(failureOf(() => retrySettings({ AWS_MAX_ATTEMPTS: value }, profile)).message).toBe(
        "cannot use AWS_MAX_ATTEMPTS: it is not a whole number above 0",
      );
    });
  }
  test("retrySettings refuses an unknown mode and names its line", () => {
    expect(failureOf(() => retrySettings({}, profileOf("retry_mode = eager"))).message).toBe(
      `cannot use retry_mode (${configPath}:2): it is none of standard, adaptive and legacy`,
    );
  });
});
