import { reasonOf } from "../../lib/errors.ts";
import type { Environment, HelperEnd } from "../types.ts";
import { type CollectedText, collectText } from "./bounded-stream.ts";
import { endingWithUs } from "./interrupt.ts";
import { restoreOpenFilesLimit } from "./open-files-limit.ts";
import { shellLine } from "./run-program-windows.ts";

/** Bytes of each stream: far more than credentials or an error message take. */
const LONGEST = 1024 * 1024;

/** Milliseconds between two looks at a stream that outlives the command; the number of looks without new bytes that ends the wait. */
const LOOK_INTERVAL = 10;
const QUIET_LOOKS = 3;
/** The number of looks after which a stream that a background process keeps writing to is left. */
const MOST_LOOKS = 50;

/** Where the command's stderr goes: to this program's own, or into a pipe for an error message. */
export interface HelperStreams {
  readonly stderr: "inherit" | "pipe";
}

/**
 * Runs a command line through the platform's shell, with this program's stdin and exactly `env`, and gathers what it
 * writes. Waits as long as the command itself runs, because it may be asking the user; processes that it leaves running
 * may keep the streams open, and are not waited for. A command that floods a stream is killed, or left alone where this
 * user may not kill it. An interruption of this program ends the command and the processes that it started. Rejects with
 * an Error that says what failed when the shell cannot be started or a stream cannot be read.
 */
export async function runHelper(
  command: string,
  env: Environment,
  platform: NodeJS.Platform,
  { stderr }: HelperStreams,
): Promise<HelperEnd> {
  const onWindows = platform === "win32";
  const argv = ["cmd.exe", "/d", "/s", "/c", command];
  // After `--` the shell does not take a command that begins with a hyphen for an option.
  restoreOpenFilesLimit();
  const child = started(onWindows ? (shellLine(argv) ?? argv) : ["/bin/sh", "-c", "--", command], {
    env: { ...env },
    stdio: ["inherit", "pipe", stderr],
    windowsVerbatimArguments: onWindows,
  });
  const readers = [child.stdout, child.stderr].map((stream) => stream?.getReader());
  const closeAll = () => {
    // Of a stream that could not be read, `remainder()` tells.
    for (const reader of readers) reader?.cancel().catch(() => {});
  };
  const left = Promise.withResolvers<void>();
  const giveUp = () => {
    closeAll();
    try {
      child.kill("SIGKILL");
    } catch {
      // It belongs to another user (`sudo`), whom this one may not end, and may run for ever.
      child.unref();
      left.resolve();
    }
  };
  const [out, err] = readers.map((reader) => reader && collectText(reader, LONGEST, giveUp));
  await endingWithUs(child.pid, () => Promise.race([child.exited, left.promise]));
  await remainder([out, err].filter((stream) => stream !== undefined));
  closeAll();
  return {
    status: child.exitCode ?? undefined,
    signal: child.signalCode === null ? undefined : String(child.signalCode),
    stdout: out?.text(),
    stderr: err === undefined ? "" : err.text(),
  };
}

function started(
  argv: string[],
  options: Bun.SpawnOptions.SpawnOptions<"inherit", "pipe", HelperStreams["stderr"]>,
) {
  try {
    return Bun.spawn(argv, options);
  } catch (error) {
    throw new Error(`the shell cannot be started: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Resolves when all output of the command has been read: at the end of the streams, or, where another process keeps them
 * open, when no more bytes arrive. Rejects when a stream cannot be read.
 */
async function remainder(streams: readonly CollectedText[]): Promise<void> {
  let isComplete = false;
  const complete = Promise.all(streams.map((stream) => stream.complete)).then(
    () => {
      isComplete = true;
    },
    (error) => {
      throw new Error(`its output cannot be read: ${reasonOf(error)}`, { cause: error });
    },
  );
  const quiet = async () => {
    let before = -1;
    for (let looks = 0, same = 0; !isComplete && same < QUIET_LOOKS && looks < MOST_LOOKS; looks++) {
      const size = streams.reduce((sum, stream) => sum + stream.size(), 0);
      same = size === before ? same + 1 : 0;
      before = size;
      await Bun.sleep(LOOK_INTERVAL);
    }
  };
  await Promise.race([complete, quiet()]);
}
