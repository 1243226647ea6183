import { expect, test } from "bun:test";
import { withKnownNames } from "../../../src/system/processes/variable-names.ts";

const env = { Path: "C:\\bin", aws_profile: "dev", HOME: undefined };

test("withKnownNames() finds on Windows what is written in another case", () => {
  expect(withKnownNames(env, "win32")).toEqual({ PATH: "C:\\bin", AWS_PROFILE: "dev", HOME: undefined });
});

test("withKnownNames() changes nothing elsewhere, where case tells names apart", () => {
  expect(withKnownNames(env, "linux")).toBe(env);
});
