import { describe, expect, test } from "bun:test";
import type { System } from "../../src/system/types.ts";
import { candidateList } from "../../src/targets/candidate-list.ts";
import { select } from "../../src/targets/find-candidates.ts";
import { matching } from "../../src/targets/match-words.ts";
import { pick, pickOnTerminal } from "../../src/targets/pick.ts";
import { openTargetRun } from "../../src/targets/target-run.ts";
import { failureOf } from "../support/failure.ts";
import { folder, plainRequest, targetWorld } from "../support/target-world.ts";

const profiles = ["dev", "keys"].map((profile) => ({ profile, options: { profile } }));

async function choose(instead: Partial<System>) {
  const { system, files } = targetWorld([]);
  const run = await openTargetRun(plainRequest, { ...system, ...instead });
  const found = select([], run, profiles, [], matching);
  return { chosen: await pick(["e"], found, run), files };
}

describe("pick()", () => {
  test("pick() asks for a number on a dumb terminal, and remembers the choice", async () => {
    const { chosen, files } = await choose({ env: { TERM: "dumb" }, promptLine: async () => "2" });
    expect(chosen?.profile).toBe("keys");
    expect(files.files.get(`${folder}/recent.json`)).toContain("keys");
  });

  test("pick() draws on any other terminal", async () => {
    const onScreen: System["onScreen"] = (work) =>
      work({
        size: () => ({ columns: 80, rows: 24 }),
        draw: () => {},
        next: async () => ({ kind: "input", text: "\r" }),
        wake: () => {},
      });
    expect((await choose({ env: { TERM: "xterm" }, onScreen })).chosen?.profile).toBe("dev");
  });

  test("pick() gives nothing without a terminal, and is interrupted by a person who leaves", async () => {
    expect((await choose({ env: { TERM: "xterm" } })).chosen).toBeUndefined();
    const failure = await failureOf(() => choose({ env: {}, promptLine: async () => "" }));
    expect(failure.kind).toBe("interrupted");
  });
});

describe("pickOnTerminal()", () => {
  test("pickOnTerminal() says what a person left", async () => {
    const { system } = targetWorld([]);
    const plain = { ...system, promptLine: async () => "" };
    const failure = await failureOf(() =>
      pickOnTerminal({ all: candidateList(profiles), filter: "", doing: "choosing a portal" }, plain),
    );
    expect([failure.kind, failure.message]).toEqual(["interrupted", "choosing a portal: interrupted"]);
  });

  test("pickOnTerminal() reads recent choices for a screen alone", async () => {
    const { system } = targetWorld([]);
    const recent = async () => {
      throw new Error("read");
    };
    const choosing = { all: candidateList(profiles), filter: "", recent, doing: "choosing" };
    const dumb = { ...system, env: { TERM: "dumb" }, promptLine: async () => "1" };
    expect((await pickOnTerminal(choosing, dumb))?.profile).toBe("dev");
    expect(pickOnTerminal(choosing, { ...system, env: { TERM: "xterm" } })).rejects.toThrow("read");
  });
});
