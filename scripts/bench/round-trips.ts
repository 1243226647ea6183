/** How many round trips a run waits for, through a relay on which each takes 50 ms. */
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { StandIn } from "../project/stand-in.ts";
import { signIn } from "./cached.ts";
import { median } from "./median.ts";
import { startRelay, type Traffic } from "./relay.ts";

export interface RoundTrips extends Traffic {
  /** As it stands in the table. */
  readonly title: string;
  readonly budget: number;
  /** The median over the runs, from the start of the process to its end. */
  readonly milliseconds: number;
}

const oneWayMilliseconds = 25;
const runsOfEach = 5;

interface Case {
  readonly title: string;
  readonly args: readonly string[];
  readonly keys: boolean;
  /** How long the sign-in is valid; an hour where this is absent. */
  readonly validSeconds?: number;
  readonly budget: number;
}

/** The worst of some runs of each case. Throws when a run fails. */
export async function measureRoundTrips(program: string, standIn: StandIn): Promise<RoundTrips[]> {
  const relay = await startRelay(standIn.tlsPorts, oneWayMilliseconds);
  const measured: RoundTrips[] = [];
  try {
    for (const { title, args, keys, validSeconds, budget } of cases(standIn)) {
      const env = { ...variables(standIn, relay.ports), ...(keys ? keyVariables(standIn) : {}) };
      const times: number[] = [];
      let worst: Traffic | undefined;
      for (let run = 0; run < runsOfEach; run++) {
        const home = await mkdtemp(join(standIn.folder, "home-"));
        await signIn(home, standIn, validSeconds);
        relay.reset();
        times.push(await timed([program, ...args], { ...env, HOME: home }));
        const traffic = relay.traffic();
        if (worst === undefined || traffic.roundTrips > worst.roundTrips) worst = traffic;
      }
      if (worst !== undefined) measured.push({ title, budget, milliseconds: median(times), ...worst });
    }
  } finally {
    await relay.stop();
  }
  return measured;
}

function cases({ roles }: StandIn): readonly Case[] {
  // Of the account whose identities the other role trusts.
  const role = ["--sso-acct-id", "111111111111", "--sso-role-name", "ReadOnlyAccess"];
  const sso = ["--sso-session", "my-sso", ...role];
  const another = ["--assume-roles", roles.reader];
  return [
    { title: "getcallerid", args: ["getcallerid"], keys: true, budget: 3 },
    { title: "Identity Center role", args: ["dumpcreds", ...sso], keys: false, budget: 3 },
    {
      title: "Identity Center role, token renewed",
      args: ["dumpcreds", ...sso],
      keys: false,
      validSeconds: -60,
      budget: 4,
    },
    {
      title: "Identity Center role, one more role",
      args: ["dumpcreds", ...sso, ...another],
      keys: false,
      budget: 4,
    },
    {
      title: "the same, console",
      args: ["console", "--no-browser", ...sso, ...another],
      keys: false,
      budget: 5,
    },
  ];
}

/** The way through the relay: custom endpoints, one for each host that there is in real life. */
function variables({ caFile }: StandIn, ports: StandIn["tlsPorts"]): Record<string, string> {
  const at = (port: number) => `https://localhost:${port}`;
  return {
    AWS_ENDPOINT_URL_STS: at(ports.sts),
    AWS_ENDPOINT_URL_SIGNIN: at(ports.signin),
    AWS_ENDPOINT_URL_SSO: at(ports.portal),
    AWS_ENDPOINT_URL_SSO_OIDC: at(ports.oidc),
    AWS_CA_BUNDLE: caFile,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: "us-east-1",
  };
}

function keyVariables({ keys: { ana } }: StandIn): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: ana.accessKeyId, AWS_SECRET_ACCESS_KEY: ana.secretAccessKey };
}

/** Milliseconds. The relay is part of this process, which must go on meanwhile. */
async function timed(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const started = Bun.nanoseconds();
  const child = Bun.spawn([...argv], { env, stdio: ["ignore", "ignore", "pipe"] });
  const exitCode = await child.exited;
  const milliseconds = (Bun.nanoseconds() - started) / 1e6;
  if (exitCode !== 0) {
    const stderr = await new Response(child.stderr).text();
    throw new Error(`${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  }
  return milliseconds;
}
