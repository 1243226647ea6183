import { describe, expect, test } from "bun:test";
import { booleanSetting } from "../../src/config/boolean-setting.ts";
import { Failure } from "../../src/lib/errors.ts";
import { sharedFrom } from "./from-text.ts";

const profile = sharedFrom("[default]\nuse_fips_endpoint = TRUE\n").profile("default");
const read = (env: Record<string, string>, from = profile) =>
  booleanSetting(env, "AWS_USE_FIPS_ENDPOINT", from, "use_fips_endpoint");

describe("booleanSetting()", () => {
  test("takes the variable before the profile", () => {
    expect(read({ AWS_USE_FIPS_ENDPOINT: "False" })).toBe(false);
  });

  test("takes true and false in any case", () => expect(read({})).toBe(true));

  test("is undefined when nothing sets it, an empty variable included", () => {
    expect(booleanSetting({ X: "" }, "X", undefined, "x")).toBeUndefined();
  });

  test("refuses any other word and names the variable", () => {
    expect(() => read({ AWS_USE_FIPS_ENDPOINT: "1" })).toThrow(Failure);
    expect(() => read({ AWS_USE_FIPS_ENDPOINT: "1" })).toThrow(
      /AWS_USE_FIPS_ENDPOINT: it is neither true nor false/,
    );
  });
});
