import { expect, test } from "bun:test";
import { powershellLines } from "../../src/completion/powershell-lines.ts";

const cases: Record<string, string> = {
  "team-1/Admin": "team-1/Admin",
  "Shared Services": "'Shared Services'",
  "it's": "'it''s'",
  "a\u2019b": "'a\u2019\u2019b'",
  "$(x)": "'$(x)'",
  "@splat": "'@splat'",
  "a,b": "'a,b'",
  "012345678901": "'012345678901'",
};
for (const [name, word] of Object.entries(cases)) {
  test(`powershellLines() writes ${name}`, () => {
    expect(powershellLines("", `${name}\trole\n`)).toBe(`${word}\t${name}\trole\n`);
  });
}

test("powershellLines() writes a line for each line", () => {
  const lines = Object.keys(cases).map((name) => `${name}\tabout it\n`);
  const words = Object.entries(cases).map(([name, word]) => `${word}\t${name}\tabout it\n`);
  expect(powershellLines("", lines.join(""))).toBe(words.join(""));
  expect(powershellLines("", "")).toBe("");
});

test("powershellLines() puts what stands before the name into the word, within its quotes", () => {
  expect(powershellLines("--profile=", "dev\tprofile\nmy prof\tprofile\n")).toBe(
    "--profile=dev\tdev\tprofile\n'--profile=my prof'\tmy prof\tprofile\n",
  );
});
