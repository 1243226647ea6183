/** Many processes at once with an empty cache: what they ask of AWS, and how long the last of them takes. */
import type { StandIn } from "../project/stand-in.ts";
import { helper } from "./cached.ts";
import { identityEnvironment } from "./cases.ts";

export interface Herd {
  readonly processes: number;
  /** Requests to AWS, of all of them together. */
  readonly calls: number;
  readonly failures: number;
  /** From the start of the first to the end of the last. */
  readonly milliseconds: number;
}

/** A herd of each size, each for a session of its own. */
export async function measureHerds(
  program: string,
  standIn: StandIn,
  sizes: readonly number[],
): Promise<Herd[]> {
  const herds: Herd[] = [];
  for (const processes of sizes) {
    await fetch(`${standIn.controlUrl}/reset`, { method: "POST" });
    const session = `herd-of-${processes}`;
    const argv = [program, ...helper, "--assume-roles", standIn.roles.ring, "--role-session-name", session];
    const env = identityEnvironment(standIn);
    const started = Bun.nanoseconds();
    const statuses = await Promise.all(
      Array.from(
        { length: processes },
        () => Bun.spawn(argv, { env, stdio: ["ignore", "ignore", "ignore"] }).exited,
      ),
    );
    const milliseconds = (Bun.nanoseconds() - started) / 1e6;
    const response = await fetch(`${standIn.controlUrl}/records`);
    const { requests }: { requests: readonly unknown[] } = JSON.parse(await response.text());
    const failures = statuses.filter((status) => status !== 0).length;
    herds.push({ processes, calls: requests.length, failures, milliseconds });
  }
  return herds;
}
