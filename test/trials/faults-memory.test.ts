/** Responses without end: the memory they cost is bounded. */
import { describe, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import type { Scene } from "../end-to-end/support/scene.ts";
import type { Asked, RequestKind } from "./faults/asked.ts";
import { SCENARIOS } from "./faults/cases.ts";
import { inScene } from "./faults/clean.ts";
import type { CommandLine, Scenario } from "./faults/scenario.ts";
import { tally } from "./trial.ts";

const mebibyte = 1 << 20;
/** MiB: what is sent, and what it may cost, which is far more than a start differs from another. */
const response = 96;
const most = 48;

/** One kind of request for each reader of responses. */
const kinds: readonly RequestKind[] = ["sts", "role", "container"];

/** The peak of the memory of a run, in MiB, as the kernel counts it while the program lives. */
async function peak(scene: Scene, line: CommandLine): Promise<number> {
  const { pid, ended } = scene.start(line.args, line.env);
  let seen = 0;
  let over = false;
  const watch = async () => {
    while (!over) {
      seen = Math.max(seen, await residentPeak(pid));
      await Bun.sleep(1);
    }
  };
  const watching = watch();
  await ended;
  over = true;
  await watching;
  return seen;
}

/** 0 for a program that is gone. */
async function residentPeak(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function firstOf(kind: RequestKind): { scenario: Scenario; asked: Asked } {
  for (const scenario of SCENARIOS) {
    const asked = scenario.asks.find((one) => one.kind === kind);
    if (asked !== undefined) return { scenario, asked };
  }
  throw new Error(`no course asks ${kind}`);
}

describe.skipIf(process.platform !== "linux")("faults", () => {
  for (const kind of kinds) {
    test(`${kind}: a response of ${response} MiB is not kept in memory`, async () => {
      const { scenario, asked } = firstOf(kind);
      const flooded = await inScene(scenario, (scene, line) => {
        const effect = { kind: "huge", bytes: response * mebibyte } as const;
        scene.standIn.fault({ match: asked.match, effect });
        return peak(scene, line);
      });
      const clean = await inScene(scenario, peak);
      tally("faults in sizes", "faults injected", 1);
      expect(clean).toBeGreaterThan(0);
      expect(flooded - clean).toBeLessThan(most);
    }, 30_000);
  }
});
