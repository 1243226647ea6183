import { expect, test } from "bun:test";
import { closeSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { inheritablePipe } from "../../../src/system/processes/inheritable-pipe.ts";

const { platform } = process;

test.skipIf(platform === "win32")(
  "inheritablePipe() has two ends, the one for the program at a high number",
  () => {
    const pipe = inheritablePipe();
    if (pipe === undefined) throw new Error("there is no pipe");
    expect(pipe.writeEnd).toBeWithin(20, 251);
    writeSync(pipe.writeEnd, "x");
    const bytes = new Uint8Array(4);
    expect(readSync(pipe.readEnd, bytes)).toBe(1);
    closeSync(pipe.writeEnd);
    expect(readSync(pipe.readEnd, bytes)).toBe(0);
    closeSync(pipe.readEnd);
  },
);

test.skipIf(platform === "win32")("inheritablePipe() takes no number that is in use", () => {
  const pipes = [inheritablePipe(), inheritablePipe()];
  const ends = pipes.flatMap((pipe) => (pipe === undefined ? [] : [pipe.readEnd, pipe.writeEnd]));
  expect(new Set(ends).size).toBe(4);
  for (const end of ends) closeSync(end);
});

const source = join(import.meta.dir, "../../../src/system/processes/inheritable-pipe.ts");

/** What a process prints that calls `replaceKeepingPipes()` with these arguments, and then goes on. */
function replaced(path: string, argv: readonly string[], env: Record<string, string>): string {
  const script = `import { inheritablePipe, replaceKeepingPipes } from ${JSON.stringify(source)};
    const pipe = inheritablePipe();
    process.env.END = String(pipe.writeEnd);
    replaceKeepingPipes(${JSON.stringify(path)}, ${JSON.stringify(argv)}, { ...${JSON.stringify(env)}, END: process.env.END, GONE: undefined });
    console.log("still here");`;
  return Bun.spawnSync([process.execPath, "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  }).stdout.toString();
}

test.skipIf(platform === "win32")(
  "replaceKeepingPipes() gives arguments and environment exactly, and the pipe",
  () => {
    const script = '[ -w /dev/fd/$END ] && printf "<%s>" "$@" "$A" "$GONE"';
    const printed = replaced("/bin/sh", ["/bin/sh", "-c", script, "sh", "", "a b", "é"], { A: "1\n2" });
    expect(printed).toBe("<><a b><é><1\n2><>");
  },
);

test.skipIf(platform === "win32")(
  "replaceKeepingPipes() returns when the program cannot be run, or a text has a NUL",
  () => {
    expect(replaced("/nowhere/at/all", ["x"], {})).toBe("still here\n");
    expect(replaced("/bin/sh", ["sh", "-c", "echo ran", "a\0b"], {})).toBe("still here\n");
  },
);
