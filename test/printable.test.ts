import { expect, test } from "bun:test";
import { printable } from "../src/printable.ts";

const key = "madeUpSecret1/of+nobody/AtAll2/abcdefghi";
const token = `IQoJb3JpZ2luX2Vj+/8/${"aB3+".repeat(40)}/==`;
const harmless = [
  "/Users/fred/Work2024/Clients/aws/roles/list1",
  `/tmp/Scene-AbC123/home/aws-login/tokens/${"0123456789abcdef".repeat(4)}`,
  "arn:aws:iam::111111111111:role/aws-reserved/AWSReservedSSO_AdministratorAccess_0123456789abcdef",
  `https://oidc.example/authorize?client_id=${key.replaceAll("/", "x").slice(0, 32)}&code_challenge=${key.replaceAll("/", "-")}abc`,
].join(" ");
const left = (length: number) => `(${length} characters that look like a secret)`;

const CASES: Record<string, [string, string]> = {
  "leaves ordinary text alone": [
    "cannot read /home/jörg/設定: ¿why? 🙂 \\x",
    "cannot read /home/jörg/設定: ¿why? 🙂 \\x",
  ],
  "turns line breaks and tabs into spaces": ["one\r\ntwo\n\nthree\tfour", "one two three four"],
  "spells out an ANSI escape": ["\x1b[2J\x1b]0;owned\x07", "\\u{1b}[2J\\u{1b}]0;owned\\u{7}"],
  "spells out NUL, backspace and DEL": ["a\0b\bc\x7f", "a\\u{0}b\\u{8}c\\u{7f}"],
  "spells out the C1 escapes": ["\u009b31m\u0085", "\\u{9b}31m\\u{85}"],
  "spells out marks that turn the direction of writing": [
    "a\u202eb\u2066c\u200fd\u061c",
    "a\\u{202e}b\\u{2066}c\\u{200f}d\\u{61c}",
  ],
  "spells out line and paragraph separators": ["a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
  "spells out characters without width": ["a\u200bb\ufeffc\u{e0041}", "a\\u{200b}b\\u{feff}c\\u{e0041}"],
  "spells out half a surrogate pair": ["a\ud83d", "a\\u{d83d}"],
  "leaves out what has the shape of a secret key": [
    `unknown command "${key}" (${key}), --${key}`,
    `unknown command "${left(40)}" (${left(40)}), --${left(40)}`,
  ],
  "leaves out what has the shape of a token, whatever stands around it": [
    `x-amz-security-token:${token};host and token=${token}`,
    `x-amz-security-token:${left(token.length)};host and ${left(token.length + "token=".length)}`,
  ],
  "leaves paths, hashes, role names and sign-in addresses as they are": [harmless, harmless],
  "keeps 2,000 characters": ["x".repeat(2000), "x".repeat(2000)],
  "cuts what is longer": ["x".repeat(2345), `${"x".repeat(2000)}… (345 characters more)`],
};
for (const [sentence, [text, shown]] of Object.entries(CASES)) {
  test(`printable() ${sentence}`, () => expect(printable(text)).toBe(shown));
}

test("printable() shows no beginning of a token that goes on beyond the end", () => {
  const shown = printable(`${"x ".repeat(990)}${token.repeat(20)}`);
  expect(shown).not.toContain(token.slice(0, 12));
  expect(shown.length).toBeLessThan(2100);
});
