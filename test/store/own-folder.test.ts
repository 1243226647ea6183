import { describe, expect, test } from "bun:test";
import { lockPath, ownFolderPath } from "../../src/store/own-folder.ts";

describe("ownFolderPath()", () => {
  const cases: Record<string, [Record<string, string>, string | undefined, string | undefined]> = {
    "is below the home directory": [{}, "/home/me", "/home/me/.aws-login"],
    "is what AWS_LOGIN_HOME says": [{ AWS_LOGIN_HOME: "/srv/login/" }, "/home/me", "/srv/login"],
    "does not take an empty AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "" }, "/home/me", "/home/me/.aws-login"],
    "keeps the root": [{ AWS_LOGIN_HOME: "/" }, undefined, "/"],
    "is nowhere without a home": [{}, undefined, undefined],
  };
  for (const [name, [env, home, path]] of Object.entries(cases)) {
    test(`ownFolderPath() ${name}`, () => {
      expect(ownFolderPath(env, home)).toBe(path);
    });
  }
});

test("lockPath() says nothing of the name, and is another for another", () => {
  expect(lockPath("/own", "a/b")).toMatch(/^\/own\/locks\/[0-9a-f]{64}$/);
  expect(lockPath("/own", "a/b")).not.toBe(lockPath("/own", "a/c"));
});
