/** What is compared with what, and how much more it may cost. */
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { StandIn } from "../project/stand-in.ts";
import { section, writeConfig } from "./config-file.ts";
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
export async function cases(executables: Executables, standIn: StandIn): Promise<readonly Case[]> {
  const bare = { HOME: standIn.folder };
  const env = identityEnvironment(standIn);
  const hello = { argv: [executables.hello], env: bare };
  const start = { cpu: 1.08, wall: 1.08 };
  const profile = { HOME: await homeWithKeys(standIn) };
  const keys = ["dumpcreds", "--profile", "keys"];
  return [
    ...["version", "help", "--help"].map((word) => ({
      title: word,
      program: { argv: [executables.program, word], env: bare },
      floor: hello,
      budget: start,
    })),
    ...[keys, [...keys, "--credential-helper"]].map((words) => ({
      title: words.join(" "),
      program: { argv: [executables.program, ...words], env: profile },
      floor: hello,
      budget: { cpu: 1.35, wall: 1.35 },
    })),
    {
      title: "getcallerid, environment keys, TLS",
      program: { argv: [executables.program, "getcallerid"], env },
      floor: { argv: [executables.bareFetch], env },
      budget: { cpu: 1.2, wall: 1.2 },
    },
  ];
}

/** A home whose two files have three profiles; one holds the sample user's keys. */
async function homeWithKeys({ folder, keys, roles }: StandIn): Promise<string> {
  const home = await mkdtemp(join(folder, "home-"));
  const { accessKeyId, secretAccessKey } = keys.ana;
  await writeConfig(
    home,
    [
      section("default", { region: "eu-west-1" }),
      section("profile keys", { region: "us-east-1", output: "json" }),
      section("profile top", { source_profile: "keys", role_arn: roles.ring }),
    ],
    [section("keys", { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey })],
  );
  return home;
}

/** The sample user's keys, and the way to the stand-in over TLS. */
export function identityEnvironment(
  standIn: Pick<StandIn, "folder" | "keys" | "proxyEnv">,
): Record<string, string> {
  const { accessKeyId, secretAccessKey } = standIn.keys.ana;
  return {
    HOME: standIn.folder,
    ...standIn.proxyEnv,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: "us-east-1",
  };
}
