/** The judge of the mutated inputs finds what it looks for, and the mutations repeat. */
import { describe, expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import { textTarget, tryAll } from "./fuzz/fuzz.ts";
import { SECRET, withoutStrays, wrongLines, wrongThrown } from "./fuzz/judge.ts";
import { mutated, mutatedWords } from "./fuzz/mutate.ts";
import { chance } from "./trial.ts";

describe("wrongThrown()", () => {
  const wrong: Record<string, [thrown: unknown, why: string]> = {
    "an error of the runtime": [new TypeError("no function"), "it throws TypeError"],
    "what is no error": ["text", "it throws text"],
    "a Failure without a message": [new Failure("failed", ""), "without a message"],
    "a secret": [new Failure("failed", `cannot use ${SECRET}`), "a secret is shown"],
    "a piece of a secret in a hint": [
      new Failure("failed", "no", { hints: [SECRET.slice(5, 20)] }),
      "a secret is shown",
    ],
    "more lines than a person reads": [
      new Failure("failed", "no", { notes: Array(40).fill("x") }),
      "41 lines",
    ],
  };
  test.each(Object.entries(wrong))("wrongThrown() finds %s", (_, [thrown, why]) => {
    expect(wrongThrown(thrown)).toContain(why);
  });

  test("wrongThrown() has nothing against a Failure in plain words", () => {
    expect(wrongThrown(new Failure("failed", "cannot go on: no", { hints: ["try again"] }))).toBeUndefined();
  });
});

test("wrongLines() finds control characters, and lines without their label", () => {
  expect(wrongLines(["aws-login: error: a\u202eb"])).toContain("a control character");
  expect(wrongLines(["aws-login: error: a\nb"])).toContain("a control character");
  expect(wrongLines(["at /src/main.ts"])).toContain("another form");
  expect(wrongLines(["aws-login: error: a", "aws-login: hint: b"])).toBeUndefined();
});

test("withoutStrays() leaves a secret alone where it belongs, and nowhere else", () => {
  expect(withoutStrays(`key = ${SECRET}\nregion = ${SECRET}`, /^key = .*$/gm)).toBe(
    `key = ${SECRET}\nregion = ${"astray..".repeat(6)}`,
  );
});

describe("tryAll()", () => {
  const target = { name: "samples", inputs: 50, readable: 100, samples: ["sample"] };

  test("tryAll() rejects with the input's number and how to repeat it", async () => {
    const read = (text: string) => {
      if (text.length < 6) throw new RangeError("too short");
    };
    await expect(tryAll(textTarget({ ...target, read }))).rejects.toThrow(
      /^fuzz: samples \d+: it throws RangeError.*again: bun run trials -- --seed \d+ --scale \S+ --only fuzz-judge --case 'fuzz: samples \d+'$/s,
    );
  });

  test("tryAll() rejects when next to nothing is read", async () => {
    const read = () => {
      throw new Failure("failed", "no");
    };
    await expect(tryAll(textTarget({ ...target, read }))).rejects.toThrow();
  });
});

test("mutated() and mutatedWords() make the same of the same chance", () => {
  for (let seed = 0; seed < 50; seed++) {
    const samples = ["[a]\nb = c\n", '{"d": "e"}'];
    expect(mutated(samples, chance(seed))).toBe(mutated(samples, chance(seed)));
    const words = () => mutatedWords([["a", "b"], ["c"]], ["d", "e"], chance(seed));
    expect(words()).toEqual(words());
  }
});
