import { expect, test } from "bun:test";
import { usage } from "../../src/cli/usage.ts";

test("usage() makes a Failure of kind usage with one hint", () => {
  const failure = usage("--profile needs a value", "write --profile NAME");
  expect([failure.kind, failure.message, failure.hints]).toEqual([
    "usage",
    "--profile needs a value",
    ["write --profile NAME"],
  ]);
});
