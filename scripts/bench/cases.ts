/** What is compared with what, and how much more it may cost. */
import type { StandIn } from "../project/stand-in.ts";
import type { Executables } from "./executables.ts";
import type { Program } from "./measure.ts";

/** The most that the program may cost, as a multiple of the floor; a measure without a limit is only shown. */
export interface Budget {
  readonly cpu?: number;
  readonly wall?: number;
  readonly memory?: number;
}

export interface Case {
  /** As it stands in the table. */
  readonly title: string;
  readonly program: Program;
  readonly floor: Program;
  readonly budget: Budget;
}

/** The cases, in the order of the table. */
export function cases(executables: Executables, standIn: StandIn): readonly Case[] {
  const bare = { HOME: standIn.folder };
  const env = identityEnvironment(standIn);
  const hello = { argv: [executables.hello], env: bare };
  const start = { cpu: 1.1, wall: 1.1 };
  return [
    {
      title: "version",
      program: { argv: [executables.program, "version"], env: bare },
      floor: hello,
      budget: start,
    },
    {
      title: "help",
      program: { argv: [executables.program, "help"], env: bare },
      floor: hello,
      budget: start,
    },
    {
      title: "getcallerid, environment keys, TLS",
      program: { argv: [executables.program, "getcallerid"], env },
      floor: { argv: [executables.bareFetch], env },
      budget: { cpu: 1.15, wall: 1.15 },
    },
  ];
}

/** The sample user's keys, and the way to the stand-in over TLS. */
export function identityEnvironment(standIn: StandIn): Record<string, string> {
  const { accessKeyId, secretAccessKey } = standIn.keys.ana;
  return {
    HOME: standIn.folder,
    ...standIn.proxyEnv,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: "us-east-1",
  };
}
