/** Ctrl-C and SIGTERM, and the work that neither may cut short. */
import { Failure } from "../lib/errors.ts";

/** What is being written. */
const underWay = new Set<Promise<unknown>>();
let isEnding = false;
/** So much of what is being done sees to signals itself. */
let spared = 0;

/**
 * Resolves to what the work `doing` fails with on Ctrl-C, when what is being written is finished; what else the work
 * holds ends with the process, which is about to end. SIGTERM ends it then as it would have without a listener, and so
 * does every signal after the first: whoever asks twice will not wait for a disk that does not answer. Undefined where
 * somebody else sees to it.
 */
export async function interruption(
  signal: "SIGINT" | "SIGTERM",
  doing: string,
): Promise<Failure | undefined> {
  if (spared > 0) return undefined;
  if (isEnding) endBy(signal);
  isEnding = true;
  await Promise.allSettled(underWay);
  if (signal === "SIGINT") return new Failure("interrupted", `${doing}: interrupted`);
  endBy(signal);
  return undefined;
}

/** While the work is done, signals are its own to see to. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  spared++;
  try {
    return await work();
  } finally {
    spared--;
  }
}

/**
 * Does work that an interruption waits for: what is half written would be lost, or stay about. Once the program is about
 * to end nothing is begun any more, and nobody hears of it.
 */
export async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  if (isEnding) return new Promise<never>(() => {});
  const working = work();
  underWay.add(working);
  try {
    return await working;
  } finally {
    underWay.delete(working);
  }
}

function endBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
