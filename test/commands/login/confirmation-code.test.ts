import { describe, expect, test } from "bun:test";
import { readConfirmation } from "../../../src/commands/login/confirmation-code.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("readConfirmation()", () => {
  test("readConfirmation() takes the code of the right state, however it was pasted", () => {
    const text = base64("state=s&code=a+b/c");
    const code = { kind: "code", code: "a+b/c" } as const;
    expect(readConfirmation(text, "s")).toEqual(code);
    expect(readConfirmation(` ${text.slice(0, 8)} ${text.slice(8)}\t`, "s")).toEqual(code);
    expect(readConfirmation(base64("state=s&code=a%2Bb%2Fc").replace(/=+$/, ""), "s")).toEqual(code);
  });

  const refused: Record<string, [string, string]> = {
    "another state": [base64("state=t&code=canary"), "it is of another sign-in"],
    "no state": [base64("code=canary"), "it is not the code that the page shows"],
    "no code": [base64("state=s"), "it is not the code that the page shows"],
    "no base64": ["http://canary.example/?state=s&code=c", "it is not the code that the page shows"],
  };
  for (const [name, [text, why]] of Object.entries(refused)) {
    test(`readConfirmation() refuses ${name}`, () => {
      expect(readConfirmation(text, "s")).toEqual({ kind: "unusable", why });
    });
  }
});
