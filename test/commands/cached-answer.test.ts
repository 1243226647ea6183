import { describe, expect, test } from "bun:test";
import { cachedAnswer } from "../../src/commands/cached-answer.ts";
import { formatEntry } from "../../src/credentials/cache/entry.ts";
import { credentialKey } from "../../src/credentials/cache/key.ts";
import { entryPath } from "../../src/credentials/cache/read.ts";
import { keptRole } from "../support/cached-credentials.ts";
import { noon } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";

const words = ["--credential-helper", "--use-cache", "--assume-roles", "arn:aws:iam::111111111111:role/Jump"];

/** The answer to these words, so many milliseconds after noon, where there is one for `words`. */
function answerTo(
  asked: readonly string[],
  later = 0,
  env: Record<string, string> = environmentKeys,
  areOwn = (_paths: readonly string[]): boolean => {
    throw new Error("that takes too long");
  },
) {
  const files = { ...memoryFiles(), areOwn };
  const home = (env.HOME ?? "/home/me").replace(/\/$/, "");
  const cachedFor = env.AWS_ACCESS_KEY_ID === "AKIAOTHER" ? environmentKeys : env;
  const key = credentialKey(optionsOf("dumpcreds", ...words), cachedFor, home, files.fileFingerprint);
  if (key === undefined) throw new Error("there is no key");
  const path = entryPath(env.AWS_LOGIN_HOME ?? `${home}/.aws-login`, key.request);
  files.files.set(path, formatEntry(key, { cached: keptRole(), note: undefined }));
  return cachedAnswer(optionsOf("dumpcreds", ...asked), env, { ...files, now: () => noon + later });
}

describe("cachedAnswer()", () => {
  test("cachedAnswer() is the cached text, unchanged", () => {
    expect(answerTo(words)).toBe(keptRole().answer);
    expect(answerTo([...words, "--refresh", "off"])).toBe(keptRole().answer);
  });

  const looks: Record<string, [Record<string, string>, folder: string]> = {
    elsewhere: [{ AWS_LOGIN_HOME: "/shared/me" }, "/shared/me"],
    "in the home directory, but elsewhere": [{ AWS_LOGIN_HOME: "/home/me/cache" }, "/home/me/cache"],
    "by way of the home directory": [{ AWS_LOGIN_HOME: "/home/me/../you" }, "/home/me/../you"],
    "in the usual place, said outright": [{ AWS_LOGIN_HOME: "/home/me/.aws-login" }, "/home/me/.aws-login"],
    "where the root is the home directory": [{ HOME: "/" }, "/.aws-login"],
  };
  for (const [where, [more, folder]] of Object.entries(looks)) {
    test(`cachedAnswer() checks the owner of the folders and the file ${where}`, () => {
      const asked: (readonly string[])[] = [];
      const own = (answer: boolean) => (paths: readonly string[]) => {
        asked.push(paths);
        return answer;
      };
      const env = { ...environmentKeys, ...more };
      expect(answerTo(words, 0, env, own(true))).toBe(keptRole().answer);
      expect(answerTo(words, 0, env, own(false))).toBeUndefined();
      const entry = expect.stringMatching(/\/credentials\/[0-9-]+$/);
      const looked = [folder, `${folder}/credentials`, entry];
      expect(asked).toEqual([looked, looked]);
    });
  }

  test("cachedAnswer() fails for a relative AWS_LOGIN_HOME", () => {
    expect(() => answerTo(words, 0, { ...environmentKeys, AWS_LOGIN_HOME: "cache" })).toThrow(
      "cannot use AWS_LOGIN_HOME: cache is not an absolute path",
    );
  });

  const not: Record<string, Parameters<typeof answerTo>> = {
    "inside the refresh window": [words, 45 * 60_000],
    "when they have expired": [words, 60 * 60_000],
    "with --refresh on": [[...words, "--refresh=on"]],
    "with --sign-in always": [[...words, "--sign-in=always"]],
    "with --verbose": [[...words, "--verbose"]],
    "for another form of output": [words.slice(1)],
    "without --use-cache": [words.filter((word) => word !== "--use-cache")],
    "for another request": [[...words, "--external-id", "xx"]],
    "for another key": [words, 0, { ...environmentKeys, AWS_ACCESS_KEY_ID: "AKIAOTHER" }],
    "without HOME": [words, 0, { ...environmentKeys, HOME: "" }],
  };
  test.each(Object.entries(not))("cachedAnswer() is undefined %s", (_, [asked, later, env]) => {
    expect(answerTo(asked, later, env)).toBeUndefined();
  });
});
