import { describe, expect, test } from "bun:test";
import { sharedFilePaths } from "../../src/config/shared-file-paths.ts";

describe("sharedFilePaths", () => {
  test("sharedFilePaths knows the usual places", () => {
    expect(sharedFilePaths({}, "/home/me")).toEqual({
      config: { path: "/home/me/.aws/config", variable: undefined },
      credentials: { path: "/home/me/.aws/credentials", variable: undefined },
    });
  });
  test("sharedFilePaths takes the variables, each for its own file", () => {
    const env = { AWS_CONFIG_FILE: "~/cfg", AWS_SHARED_CREDENTIALS_FILE: "relative/creds" };
    expect(sharedFilePaths(env, "/home/me")).toEqual({
      config: { path: "/home/me/cfg", variable: "AWS_CONFIG_FILE" },
      credentials: { path: "relative/creds", variable: "AWS_SHARED_CREDENTIALS_FILE" },
    });
  });
  test("sharedFilePaths reads an empty variable as no file", () => {
    expect(sharedFilePaths({ AWS_CONFIG_FILE: "" }, "/home/me").config).toEqual({
      path: undefined,
      variable: "AWS_CONFIG_FILE",
    });
  });
  test("sharedFilePaths has no path when the home directory is unknown", () => {
    expect(sharedFilePaths({}, undefined).config.path).toBeUndefined();
  });
});
