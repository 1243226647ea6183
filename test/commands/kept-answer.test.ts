import { describe, expect, test } from "bun:test";
import { keptAnswer } from "../../src/commands/kept-answer.ts";
import { credentialKey } from "../../src/identity/kept/credential-key.ts";
import { entryPath } from "../../src/store/credential-cache.ts";
import { formatEntry } from "../../src/store/credential-entry.ts";
import { noon } from "../support/fake-system.ts";
import { keptRole } from "../support/kept.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";

const words = ["--credential-helper", "--use-cache", "--assume-roles", "arn:aws:iam::111111111111:role/Jump"];

/** The answer to these words, so many milliseconds after noon, where there is one for `words`. */
function answerTo(
  asked: readonly string[],
  later = 0,
  env: Record<string, string> = environmentKeys,
  ownsFolder = (_path: string): boolean => {
    throw new Error("that takes too long");
  },
) {
  const files = { ...memoryFiles(), ownsFolder };
  const key = credentialKey(optionsOf("dumpcreds", ...words), environmentKeys, "/home/me", files);
  if (key === undefined) throw new Error("there is no key");
  const path = entryPath(env.AWS_LOGIN_HOME ?? "/home/me/.aws-login", key.request);
  files.files.set(path, formatEntry(key, { kept: keptRole(), note: undefined }));
  return keptAnswer(optionsOf("dumpcreds", ...asked), env, { ...files, now: () => noon + later });
}

describe("keptAnswer()", () => {
  test("keptAnswer() is what is kept, as it stands", () => {
    expect(answerTo(words)).toBe(keptRole().answer);
    expect(answerTo([...words, "--refresh", "off"])).toBe(keptRole().answer);
  });

  test("keptAnswer() looks whose folder it is, but not in the home directory", () => {
    const asked: string[] = [];
    const owns = (answer: boolean) => (path: string) => {
      asked.push(path);
      return answer;
    };
    const elsewhere = { ...environmentKeys, AWS_LOGIN_HOME: "/shared/me" };
    expect(answerTo(words, 0, elsewhere, owns(true))).toBe(keptRole().answer);
    expect(answerTo(words, 0, elsewhere, owns(false))).toBeUndefined();
    expect(asked).toEqual(["/shared/me", "/shared/me"]);
    const below = { ...environmentKeys, AWS_LOGIN_HOME: "/home/me/cache" };
    expect(answerTo(words, 0, below)).toBe(keptRole().answer);
  });

  const not: Record<string, Parameters<typeof answerTo>> = {
    "when they are to be renewed": [words, 45 * 60_000],
    "when they are over": [words, 60 * 60_000],
    "when they must be got now": [[...words, "--refresh=on"]],
    "when a person must sign in": [[...words, "--sign-in=always"]],
    "when there is something to tell": [[...words, "--verbose"]],
    "when another form is asked for": [words.slice(1)],
    "when the cache is not to be used": [words.filter((word) => word !== "--use-cache")],
    "for another request": [[...words, "--external-id", "xx"]],
    "for another key": [words, 0, { ...environmentKeys, AWS_ACCESS_KEY_ID: "AKIAOTHER" }],
    "when the environment does not tell the home": [words, 0, { ...environmentKeys, HOME: "" }],
  };
  test.each(Object.entries(not))("keptAnswer() is none %s", (_, [asked, later, env]) => {
    expect(answerTo(asked, later, env)).toBeUndefined();
  });
});
