import { describe, expect, test } from "bun:test";
import { quotable, responseShape, unexpectedResponseHint } from "../../../src/aws/http/response-text.ts";

test("strangerHint names what may have answered", () => {
  expect(unexpectedResponseHint).toContain("a captive portal, a proxy, or a wrong endpoint URL");
});

describe("responseShape()", () => {
  const shapes: Record<string, [type: string | undefined, body: string, shape: string]> = {
    "tells the type without its parameters": [
      "text/html; charset=utf-8",
      "<html>",
      "text/html, 6 characters",
    ],
    "tells that there is no type": [undefined, "", "no content type, 0 characters"],
    "does not repeat a type that is none": ["made-up-secret", "x", "no content type, 1 characters"],
  };
  for (const [name, [type, body, shape]] of Object.entries(shapes)) {
    test(`responseShape() ${name}`, () => {
      const headers = new Headers(type === undefined ? {} : { "content-type": type });
      expect(responseShape({ headers, body })).toBe(shape);
    });
  }
});

describe("quotable()", () => {
  const secret = "made-up-secret";
  const texts: Record<string, [words: string, most: number, shown: string]> = {
    "puts the words on one line": ["\n  one\n  two\r\n\tthree ", 99, "one two three"],
    "spells out what could drive a terminal": ["a\u001b[2Jb\u202ec", 99, "a\\u{1b}[2Jb\\u{202e}c"],
    "leaves a secret out wherever it stands": [
      `${secret}, ${secret}`,
      99,
      "(a secret, left out), (a secret, left out)",
    ],
    "cuts what is too long": ["abcdef", 3, "abc…"],
    "finds a secret before it cuts one in two": [`no: ${secret}`, 10, "no: (a sec…"],
  };
  for (const [name, [words, most, shown]] of Object.entries(texts)) {
    test(`quotable() ${name}`, () => expect(quotable(words, ["", secret], most)).toBe(shown));
  }
});
