import { describe, expect, test } from "bun:test";
import { askedFor } from "../../src/completion/asked-for.ts";

/** The words of a line, the last of which is typed. */
function asked(...words: string[]) {
  return askedFor(words.slice(0, -1), words.at(-1) ?? "");
}

describe("askedFor()", () => {
  test("askedFor() finds target words, those before them, and the options that narrow them", () => {
    expect(asked("console", "--verbose", "prod", "--start-url", "https://my", "ad")).toEqual({
      kind: "target",
      lead: "",
      prefix: "ad",
      words: ["prod"],
      given: { startUrl: "https://my" },
    });
  });

  test("askedFor() finds values in a word of their own and after =", () => {
    expect(asked("console", "--profile", "")).toMatchObject({ kind: "profile", lead: "", prefix: "" });
    expect(asked("--sso-acct-id=1", "login", "--sso-session=a=b")).toMatchObject({
      kind: "session",
      lead: "--sso-session=",
      prefix: "a=b",
      given: { ssoAcctId: "1" },
    });
    expect(asked("console", "--sso-acct-id", "1")).toMatchObject({ kind: "account" });
    expect(asked("console", "--sso-role-name", "")).toMatchObject({ kind: "role" });
  });

  const nothing: Record<string, string[]> = {
    "before there is a command": ["con"],
    "for a command without words": ["login", "pro"],
    "for an option": ["console", "--pro"],
    "for the value of another option": ["console", "--external-id", "pro"],
    "after --": ["runas", "prod", "--", "pro"],
    "beside --profile": ["console", "--profile", "dev", "pro"],
    "beside an account and a role": ["console", "--sso-acct-id", "1", "--sso-role-name=r", "pro"],
  };
  for (const [sentence, words] of Object.entries(nothing)) {
    test(`askedFor() finds nothing ${sentence}`, () => {
      expect(asked(...words)).toBeUndefined();
    });
  }

  test("askedFor() takes no value for a command", () => {
    expect(asked("-c", "ls", "runas", "p")).toMatchObject({ kind: "target", words: [], prefix: "p" });
  });
});
