/**
 * `bun run bench --peers`: a role's credentials for `credential_process`, by other tools that are on PATH, as multiples of
 * what this program takes for the same. Each tool has a home of its own with the same profiles.
 */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { StandIn } from "../project/stand-in.ts";
import { helper } from "./cached.ts";
import { identityEnvironment } from "./cases.ts";
import { section, writeConfig } from "./config-file.ts";
import { compare, type Program } from "./measure.ts";
import { comparisonRows, type Row } from "./rows.ts";

/** Another tool, as its documentation has it run. */
export interface Peer {
  /** Its program's name on PATH. */
  readonly program: string;
  /** Run once; the words of the program that put the keys where it looks for them. */
  readonly prepare?: readonly string[];
  /** Prints the credentials of the profile `top`. */
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The folders below the home where it caches credentials. */
  readonly caches: readonly string[];
}

export const PEERS: readonly Peer[] = [
  {
    program: "aws",
    words: ["configure", "export-credentials", "--profile", "top", "--format", "process"],
    caches: [".aws/cli/cache"],
  },
  {
    program: "aws-vault",
    prepare: ["add", "base", "--env"],
    words: ["export", "--format=json", "top"],
    env: { AWS_VAULT_BACKEND: "file", AWS_VAULT_FILE_PASSPHRASE: "made-up" },
    // Its keys are in the same folder: only the GetSessionToken session of a run could be cached there.
    caches: [],
  },
  { program: "granted", words: ["credential-process", "--profile", "top"], caches: [".granted"] },
  { program: "aws-sso", words: ["process", "--profile", "top"], caches: [".aws-sso", ".config/aws-sso"] },
];

/** What the homes are made of. */
type Sample = Pick<StandIn, "folder" | "keys" | "roles" | "proxyEnv">;

export interface PeerResults {
  readonly rows: readonly Row[];
  /** A line for each peer that is missing, and for each that failed: why. */
  readonly notes: readonly string[];
}

/** Measures each peer beside `program` in `runs` interleaved runs: with its cache as it leaves it, and without. */
export async function comparePeers(
  program: string,
  standIn: Sample,
  {
    runs,
    path,
    peers = PEERS,
  }: { readonly runs: number; readonly path: string; readonly peers?: readonly Peer[] },
): Promise<PeerResults> {
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const peer of peers) {
    const found = Bun.which(peer.program, { PATH: path });
    if (found === null) {
      notes.push(`${peer.program}: not on PATH`);
      continue;
    }
    try {
      const home = await makeHome(standIn);
      const env = { ...profileEnvironment(standIn, home, path), ...peer.env };
      if (peer.prepare !== undefined) prepare([found, ...peer.prepare], { ...env, ...baseKeys(standIn) });
      const theirs: Program = { argv: [found, ...peer.words], env };
      const ours: Program = { argv: [program, ...helper, "--profile", "top"], env };
      const forget = () => {
        for (const cache of [".aws-login", ...peer.caches])
          rmSync(join(home, cache), { recursive: true, force: true });
      };
      const title = (what: string) => `${peer.program}, ${what}, times ours`;
      const pairs: readonly (readonly [title: string, theirs: Program, ours: Program])[] = [
        [title("cached role"), theirs, ours],
        [title("role, not cached"), { ...theirs, before: forget }, { ...ours, before: forget }],
      ];
      for (const [what, one, other] of pairs) {
        // A peer starts other programs, whose memory is not its own.
        rows.push(...comparisonRows(what, compare(one, other, runs, { memory: "left out" }), {}));
      }
    } catch (error) {
      const [why] = String(error).replace("Error: ", "").trim().split("\n");
      notes.push(`${peer.program}: not measured: ${why}`);
    }
  }
  return { rows, notes };
}

async function makeHome({ folder, keys, roles }: Sample): Promise<string> {
  const home = await mkdtemp(join(folder, "peer-"));
  const { accessKeyId, secretAccessKey } = keys.ana;
  await writeConfig(
    home,
    [
      section("profile base", { region: "us-east-1" }),
      section("profile top", { source_profile: "base", role_arn: roles.ring, region: "us-east-1" }),
    ],
    [section("base", { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey })],
  );
  return home;
}

function profileEnvironment(standIn: Sample, home: string, path: string): Record<string, string> {
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...others } = identityEnvironment(standIn);
  return { ...others, HOME: home, PATH: path, AWS_EC2_METADATA_DISABLED: "true" };
}

function baseKeys({ keys }: Sample): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: keys.ana.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.ana.secretAccessKey };
}

function prepare(argv: readonly string[], env: Readonly<Record<string, string>>): void {
  const { exitCode, stderr } = Bun.spawnSync([...argv], { env, stdin: "ignore", timeout: 30_000 });
  if (exitCode !== 0) throw new Error(`${argv.slice(1).join(" ")} ended with ${exitCode}: ${stderr}`);
}
