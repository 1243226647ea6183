import { expect, test } from "bun:test";
import { competingVariables } from "../../src/config/competing-variables.ts";

test("competingVariables has every way to an identity but keys, each once", () => {
  const ways = ["AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
  expect(competingVariables).toEqual(expect.arrayContaining(ways));
  expect(new Set(competingVariables).size).toBe(competingVariables.length);
});
