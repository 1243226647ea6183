import { gatheredText } from "./bounded-stream.ts";
import { shellLine } from "./run-program-windows.ts";
import type { Environment, HelperEnd } from "./types.ts";

/** Bytes of each stream: far more than credentials or an honest complaint take. */
const LONGEST = 1024 * 1024;

/**
 * Runs a command line through the platform's shell, with this program's stdin and exactly `env`, and gathers what it
 * writes. Waits as long as the helper does: it may be asking a person. One that floods a stream is killed, and its
 * streams are given up: what it has started may live on.
 */
export async function runHelper(
  command: string,
  env: Environment,
  platform: NodeJS.Platform,
): Promise<HelperEnd> {
  const onWindows = platform === "win32";
  const argv = ["cmd.exe", "/d", "/s", "/c", command];
  // After `--` a command that begins with a hyphen is no option of the shell's.
  const child = Bun.spawn(onWindows ? (shellLine(argv) ?? argv) : ["/bin/sh", "-c", "--", command], {
    env: { ...env },
    stdio: ["inherit", "pipe", "pipe"],
    windowsVerbatimArguments: onWindows,
  });
  const readers = [child.stdout.getReader(), child.stderr.getReader()] as const;
  // What the command started has the streams as well, and may keep them open for as long as it likes.
  const giveUp = () => {
    child.kill("SIGKILL");
    for (const reader of readers) void reader.cancel();
  };
  const [out, err] = readers;
  const [stdout, stderr] = await Promise.all([
    gatheredText(out, LONGEST, giveUp),
    gatheredText(err, LONGEST, giveUp),
    child.exited,
  ]);
  return {
    status: child.exitCode ?? undefined,
    signal: child.signalCode === null ? undefined : String(child.signalCode),
    stdout,
    stderr,
  };
}
