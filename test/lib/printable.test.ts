import { expect, test } from "bun:test";
import { misfit, printable, shownKeyId } from "../../src/lib/printable.ts";
import { chance } from "../trials/trial.ts";

const key = "madeUpSecret1/of+noones/AtAll2/abcdefghi";
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
    `x-amz-other:${token};host and token=${token}`,
    `x-amz-other:${left(token.length)};host and ${left(token.length + "token=".length)}`,
  ],
  "leaves out a secret key that begins with a slash, one without a digit, and one of a query": [
    "/JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE1 qwErTyUiOpAsDfGhJkLzXcVbNmQwErTyUiOpAsDf a%2FalrXUtnFEMI%2fK7MDENG%252FbPxRfiCYEXAMPLEKE1",
    `${left(40)} ${left(40)} ${left(40)}`,
  ],
  "leaves out a token that is encoded for a query, once or twice": [
    `${encodeURIComponent(token)} ${encodeURIComponent(encodeURIComponent(token))} ${encodeURIComponent(token).replace(/%../g, (code) => code.toLowerCase())}`,
    `${left(token.length)} ${left(token.length)} ${left(token.length)}`,
  ],
  "leaves out what a name gives away, as short as it may be": [
    'https://x/federation?Action=login&SigninToken=ab%2Fc&x=1 Signature=0af3, TokenCode=123456&y {"SigninToken": "abc"}',
    `https://x/federation?Action=login&SigninToken=${left(6)}&x=1 Signature=${left(4)}, TokenCode=${left(6)}&y {"SigninToken": "${left(3)}"}`,
  ],
  "leaves out a session token in every form in which it is sent": [
    "x-amz-security-token:abc\nhost x-amz-security-token: abc X-Amz-Security-Token=abc&z X-Amz-Security-Token%3Dabc",
    `x-amz-security-token:${left(3)} host x-amz-security-token: ${left(3)} X-Amz-Security-Token=${left(3)}&z X-Amz-Security-Token%3D${left(3)}`,
  ],
  "leaves the names of headers alone, and what is left out already": [
    `SignedHeaders=host;x-amz-security-token, Signature=${left(64)} TokenCode=(a secret, left out)`,
    `SignedHeaders=host;x-amz-security-token, Signature=${left(64)} TokenCode=(a secret, left out)`,
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

/** As people and tools have them, each of 40 characters, which could be those of a key. */
const PATHS = [
  "/Users/JohnSmith/WebstormProjects/MyApp2",
  "/home/User1/Projects2024/Clients/AwsTool",
  "/Volumes/MacintoshHD2/Users/Anna/Desktop",
  "/opt/Atlassian9/JIRA/Config/AwsLoginHome",
  "/Applications/XCode15/Contents/MacOS/AwS",
  "/var/lib/jenkins/Workspace42/Deploy/conf",
  "/mnt/c/Users/Jane/AppData/Local/Temp/Aw1",
  "/srv/CI/Builds/2026/11/22/Release/Config",
];
test.each(PATHS)("printable() leaves the path %s as it is", (path) => {
  expect([path.length, printable(path)]).toEqual([40, path]);
});

test("printable() leaves out nearly every key that begins with a slash", () => {
  const random = chance(7);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const keys = Array.from(
    { length: 2000 },
    () => `/${Array.from({ length: 39 }, () => letters[Math.floor(random() * 64)]).join("")}`,
  );
  expect(keys.filter((made) => printable(made) === made).length).toBeLessThan(5);
});

const MISFITS: Record<string, string> = {
  "us east": '"us east"',
  'a"b': '"a\\"b"',
  "exactly-twenty-chars": '"exactly-twenty-chars"',
  "one-more-than-twenty!": "(a value of 21 characters)",
};
for (const [value, shown] of Object.entries(MISFITS)) {
  test(`misfit() says ${shown} of a value of ${value.length} characters`, () =>
    expect(misfit(value)).toBe(shown));
}

const KEY_IDS: Record<string, string> = {
  AKIAANAANAANAANAANA2: "AKIAANAANAANAANAANA2",
  [`ASIA${"A2".repeat(60)}`]: `ASIA${"A2".repeat(60)}`,
  "made up": "made up",
  [key]: "of 40 characters",
  "/JalrXUtnFEMI/K7MDENG": "of 21 characters",
};
for (const [id, shown] of Object.entries(KEY_IDS)) {
  test(`shownKeyId() says ${shown} of an id of ${id.length} characters`, () =>
    expect(shownKeyId(id)).toBe(shown));
}
