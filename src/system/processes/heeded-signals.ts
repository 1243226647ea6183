/** The signals that end this process, but for those that it inherited as ignored. */
import { readText } from "../files/read-file.ts";

const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type SignalName = keyof typeof numbers;

const names: readonly SignalName[] = ["SIGHUP", "SIGINT", "SIGTERM"];

/**
 * Signals that this process inherited as ignored stay ignored, as a shell sets it for background jobs and `nohup` for its
 * program. Only Linux tells which these are: the runtime does not, and its first listener ends the ignoring. All of them
 * where the system does not tell, because `read` rejects or there is no `/proc`. Never rejects.
 */
export async function heededSignals(
  read: (path: string) => Promise<string | undefined> = readText,
): Promise<readonly SignalName[]> {
  if (process.platform !== "linux") return names;
  const status = await read("/proc/self/status").catch(() => undefined);
  const ignored = ignoredMask(status ?? "");
  return names.filter((name) => ((ignored >> (numbers[name] - 1)) & 1) === 0);
}

/** The mask in the text of `/proc/PID/status` (proc_pid_status(5)), whose lowest bit is of signal number 1. Pure. */
export function ignoredMask(status: string): number {
  const [, digits = "0"] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  return Number.parseInt(digits.slice(-4), 16);
}
