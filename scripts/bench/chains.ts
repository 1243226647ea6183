/** What a chain of roles sends: counted by the stand-in, not timed. */
import type { StandIn } from "../project/stand-in.ts";
import { identityEnvironment } from "./cases.ts";

export interface Chain {
  readonly roles: number;
  readonly requests: number;
  readonly handshakes: number;
}

/** Assumes 1 to `longest` roles in a row, each time in a run of its own. Throws when a run fails. */
export async function measureChains(program: string, standIn: StandIn, longest: number): Promise<Chain[]> {
  const chains: Chain[] = [];
  for (let roles = 1; roles <= longest; roles++) {
    await fetch(`${standIn.controlUrl}/reset`, { method: "POST" });
    // A role that may assume itself: a chain of it has any length.
    const list = Array.from({ length: roles }, () => standIn.roles.ring).join();
    const argv = [program, "dumpcreds", "--assume-roles", list];
    const { exitCode, stderr } = Bun.spawnSync(argv, { env: identityEnvironment(standIn) });
    if (exitCode !== 0) throw new Error(`${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
    chains.push({ roles, ...(await counted(standIn)) });
  }
  return chains;
}

interface Records {
  readonly requests: readonly unknown[];
  readonly tunnels: readonly { readonly handshakes: number }[];
}

async function counted(standIn: StandIn): Promise<Omit<Chain, "roles">> {
  const response = await fetch(`${standIn.controlUrl}/records`);
  const { requests, tunnels }: Records = JSON.parse(await response.text());
  return {
    requests: requests.length,
    handshakes: tunnels.reduce((sum, { handshakes }) => sum + handshakes, 0),
  };
}
