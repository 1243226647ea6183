import { expect, test } from "bun:test";
import type { Candidate } from "../../../src/targets/candidate.ts";
import { candidateList } from "../../../src/targets/candidate-list.ts";
import { askByNumber } from "../../../src/targets/picker/numbered-list.ts";

const all = candidateList(
  Array.from({ length: 30 }, (_, index): Candidate => ({ profile: `p${index + 10}`, options: {} })),
);

async function ask(filter: string, ...typed: (string | undefined)[]) {
  const shown: string[] = [];
  const promptLine = async (text: string) => {
    shown.push(text);
    if (typed.length === 0) throw new Error("asked too often");
    return typed.shift();
  };
  const chosen = await askByNumber(all, filter, { promptLine });
  return { chosen: typeof chosen === "object" ? chosen.profile : chosen, shown };
}

test("askByNumber() takes a number of the list, or words with one match", async () => {
  const { chosen, shown } = await ask("", "2");
  expect(chosen).toBe("p11");
  expect(shown[0]?.split("\n").slice(19)).toEqual([
    " 20  p29",
    "     and 10 more",
    "number, or words to look for (nothing leaves): ",
  ]);
  expect((await ask("p2", "p29")).chosen).toBe("p29");
  expect((await ask("", "99", "p2", "1")).chosen).toBe("p20");
});

test("askByNumber() leaves at an empty line, and knows no terminal", async () => {
  expect((await ask("", " ")).chosen).toBeUndefined();
  expect((await ask("", undefined)).chosen).toBe("no-terminal");
});
