import { expect, test } from "bun:test";
import { powershellWord } from "../../src/completion/powershell-word.ts";

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
  test(`powershellWord() writes ${name}`, () => {
    expect(powershellWord(name)).toBe(word);
  });
}
