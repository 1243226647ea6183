import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = join(import.meta.dir, "interrupted-program.ts");

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-interrupt-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the program that sends itself the signal while it writes. */
async function interrupted(argv: readonly string[]) {
  const child = Bun.spawn([...argv], { stdout: "pipe", env: { PATH: process.env.PATH } });
  const stdout = await child.stdout.text();
  await child.exited;
  const ended = child.signalCode === null ? child.exitCode : String(child.signalCode);
  return { ended, stdout, files: (await readdir(folder)).toSorted() };
}

describe.skipIf(process.platform === "win32")("interruptible() and a signal", () => {
  test("interruptible() ends with Ctrl-C when what is being written is whole, and nothing more is begun", async () => {
    expect(await interrupted([process.execPath, program, "SIGINT", folder])).toEqual({
      ended: 0,
      stdout: "interrupted writing: interrupted\n",
      files: ["begun"],
    });
  });

  test("interruptible() ends the program by SIGTERM, but after what is being written", async () => {
    expect(await interrupted([process.execPath, program, "SIGTERM", folder])).toEqual({
      ended: "SIGTERM",
      stdout: "",
      files: ["begun"],
    });
  });

  test.skipIf(process.platform !== "linux")(
    "interruptible() leaves a signal alone that was ignored when the program started",
    async () => {
      for (const signal of ["SIGINT", "SIGTERM"]) {
        const line = `trap "" ${signal.slice(3)}; exec '${process.execPath}' '${program}' "$@"`;
        const { ended, files } = await interrupted(["sh", "-c", line, "sh", signal, folder]);
        expect([signal, ended, files]).toEqual([signal, 0, ["begun", "next"]]);
      }
    },
  );
});

test.skipIf(process.platform === "win32")(
  "windUp() ends the helper that runs, and lets no write begin any more",
  async () => {
    const winding = join(import.meta.dir, "winding-up-program.ts");
    expect(await interrupted([process.execPath, winding, folder])).toEqual({
      ended: 0,
      stdout: "false false\n",
      files: ["pid"],
    });
  },
);
