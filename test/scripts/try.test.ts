import { expect, test } from "bun:test";
import { join } from "node:path";
import { root } from "../support/source-tree.ts";

/** Long enough for a build. */
const LIMIT = 60_000;

function tryOut(...args: readonly string[]): { status: number; stdout: string; stderr: string } {
  const child = Bun.spawnSync([process.execPath, join(root, "scripts/try.ts"), ...args], { stdin: "ignore" });
  return { status: child.exitCode, stdout: child.stdout.toString(), stderr: child.stderr.toString() };
}

test(
  "try shows the main job and says that all went as expected",
  () => {
    const { status, stdout } = tryOut();
    expect(stdout).toMatch(/\n\nall \d+ steps went as expected\n$/);
    expect(status).toBe(0);
  },
  LIMIT,
);

test(
  "try with arguments runs the executable with them and ends as it does",
  () => {
    const { status, stdout } = tryOut(
      "runas",
      "--profile",
      "jump",
      "--",
      "sh",
      "-c",
      'echo "$0 $1"; exit 7',
      "a b",
      "",
    );
    expect(stdout).toBe("a b \n");
    expect(status).toBe(7);
  },
  LIMIT,
);
