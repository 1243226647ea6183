import { describe, expect, test } from "bun:test";
import { readPasted } from "../../../src/sso/login/pasted-text.ts";

const base = "http://127.0.0.1:4321/oauth/callback";
const code = { kind: "code", code: "a+b/c", state: "checked" } as const;

describe("readPasted()", () => {
  const taken: Record<string, [string, ReturnType<typeof readPasted>]> = {
    "the address": [`${base}?code=a%2Bb%2Fc&state=s`, code],
    "the address with the state first, a fragment and blanks": [` ${base}?state=s&code=a%2Bb%2Fc#x \t`, code],
    "the address in quotes or angle brackets": [`"<${base}?code=a%2Bb%2Fc&state=s>"`, code],
    "the query": ["code=a%2Bb%2Fc&state=s", code],
    "the code alone": ["a+b/c", { ...code, state: "unknown" }],
    "the code alone, equals signs included": ["YWI==", { ...code, code: "YWI==", state: "unknown" }],
    "a refusal": [`${base}?error=access_denied&state=s`, { kind: "refused", error: "access_denied" }],
  };
  for (const [name, [text, read]] of Object.entries(taken)) {
    test(`readPasted() takes ${name}`, () => expect(readPasted(text, "s")).toEqual(read));
  }

  const refused: Record<string, [string, string]> = {
    "the address of another sign-in": [`${base}?code=canary&state=t`, "it is of another sign-in"],
    "a refusal of another sign-in": [`${base}?error=access_denied&state=t`, "it is of another sign-in"],
    "an address without a state": [`${base}?code=canary`, "it holds no state; paste the whole address"],
    "an address without a code": [`${base}?state=s`, "it holds no code"],
    "the page to open": ["https://x.example/authorize?state=s&code_challenge=c", "the page to open"],
    "a sentence": ["canary is no code", "it is neither an address nor a code"],
    "nothing but blanks": ["  ", "it is neither an address nor a code"],
  };
  for (const [name, [text, why]] of Object.entries(refused)) {
    test(`readPasted() refuses ${name}, and repeats nothing of it`, () => {
      const read = readPasted(text, "s");
      expect(read).toEqual({ kind: "unusable", why: expect.stringContaining(why) });
      expect(JSON.stringify(read)).not.toContain("canary");
    });
  }
});
