import { describe, expect, test } from "bun:test";
import { firstSetting } from "../../src/config/setting.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, profileOf } from "./from-text.ts";

const profile = profileOf("key = from profile", "empty =");
const readings: Record<
  string,
  { env: Environment; key: string; value: string | undefined; source?: string }
> = {
  "takes the variable first": { env: { V: "from env" }, key: "key", value: "from env", source: "V" },
  "takes the profile next": { env: {}, key: "key", value: "from profile", source: `key (${configPath}:2)` },
  "passes over an empty variable": {
    env: { V: "" },
    key: "key",
    value: "from profile",
    source: `key (${configPath}:2)`,
  },
  "passes over an empty setting": { env: {}, key: "empty", value: undefined },
  "is undefined when neither is set": { env: {}, key: "absent", value: undefined },
};

describe("firstReading", () => {
  for (const [sentence, { env, key, value, source }] of Object.entries(readings)) {
    test(`firstReading ${sentence}`, () => {
      const reading = firstSetting(env, "V", profile, key);
      expect([reading?.value, reading?.source]).toEqual([value, source]);
    });
  }
  test("firstReading does without a profile", () => {
    expect(firstSetting({}, "V", undefined, "key")).toBeUndefined();
  });
});
