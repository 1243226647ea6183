import { describe, expect, test } from "bun:test";
import { ownFolderPath } from "../../src/config/own-folder.ts";
import { failureOf } from "../support/failure.ts";

describe("ownFolderPath()", () => {
  const cases: Record<string, [Record<string, string>, string | undefined, string | undefined]> = {
    "is below the home directory": [{}, "/home/me", "/home/me/.aws-login"],
    "is what AWS_LOGIN_HOME says": [{ AWS_LOGIN_HOME: "/srv/login/" }, "/home/me", "/srv/login"],
    "does not take an empty AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "" }, "/home/me", "/home/me/.aws-login"],
    "expands ~ in AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "~/x" }, "/home/me", "/home/me/x"],
    "expands variables in AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "$TOP/x", TOP: "/srv" }, "/home/me", "/srv/x"],
    "takes a path of Windows": [{ AWS_LOGIN_HOME: "D:\\login\\" }, undefined, "D:\\login"],
    "keeps the root": [{ AWS_LOGIN_HOME: "/" }, undefined, "/"],
    "is nowhere without a home": [{}, undefined, undefined],
  };
  for (const [name, [env, home, path]] of Object.entries(cases)) {
    test(`ownFolderPath() ${name}`, () => {
      expect(ownFolderPath(env, home)).toBe(path);
    });
  }

  const relative: Record<string, [string, string | undefined]> = {
    "a relative path": ["login", "/home/me"],
    "a drive without a folder": ["D:login", "/home/me"],
    "~ without a home": ["~/login", undefined],
    "a variable that is not set": ["$NONE/login", "/home/me"],
  };
  for (const [name, [value, home]] of Object.entries(relative)) {
    test(`ownFolderPath() refuses ${name} in AWS_LOGIN_HOME, by name`, async () => {
      const { kind, message, hints } = await failureOf(async () =>
        ownFolderPath({ AWS_LOGIN_HOME: value }, home),
      );
      expect([kind, message]).toEqual(["failed", `cannot use AWS_LOGIN_HOME: ${value} is no absolute path`]);
      expect(hints).toEqual(["write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER"]);
    });
  }
});
