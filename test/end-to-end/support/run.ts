/** Runs a program to its end. */
import { constants } from "node:os";

export type Environment = Readonly<Record<string, string | undefined>>;

/** How a program ended and what it wrote. A signal counts as 128 and its number, as shells have it. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. `ended` resolves when it is over and both streams have been read. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** The signal that ended it, once it is over; undefined when it ended by itself, with whatever status. */
  readonly endedBy: Promise<string | undefined>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the program with exactly `env` (members that are undefined left out) and an empty stdin. */
export function start(argv: readonly string[], env: Environment, cwd: string): Running {
  refuseRealMetadata(env);
  const child = Bun.spawn([...argv], { env: { ...env }, cwd, stdio: ["ignore", "pipe", "pipe"] });
  const ended = async (): Promise<Ended> => {
    const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    const signal = child.signalCode;
    const status = typeof signal === "string" ? 128 + constants.signals[signal] : (child.exitCode ?? -1);
    return { status, stdout, stderr };
  };
  return {
    pid: child.pid,
    ended: ended(),
    endedBy: child.exited.then(() => (child.signalCode === null ? undefined : String(child.signalCode))),
    kill: (signal) => child.kill(signal),
  };
}

/** The real metadata service must never be asked, whatever a scenario forgets. */
function refuseRealMetadata(env: Environment): void {
  if (env.AWS_EC2_METADATA_DISABLED === "true" || env.AWS_EC2_METADATA_SERVICE_ENDPOINT) return;
  throw new Error("a scenario must switch instance metadata off or lead it to the stand-in");
}
