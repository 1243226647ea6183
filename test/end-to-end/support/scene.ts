/** What every scenario begins with: folders of its own, a stand-in of AWS, and the executable. */
import { afterAll, test } from "bun:test";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import { type StandIn, type StandInOptions, startStandIn } from "../../stand-in/stand-in.ts";
import { executable } from "./executable.ts";
import { endProcessesOf } from "./processes.ts";
import { type Ended, type Environment, type Running, start } from "./run.ts";

export interface Scene {
  /** Everything below is in here. */
  readonly root: string;
  /** HOME, empty at first. */
  readonly home: string;
  /** The working directory, empty at first. */
  readonly work: string;
  /** First on PATH; it holds the executable under the name `aws-login`. */
  readonly bin: string;
  readonly standIn: StandIn;
  /** All that a run finds in its environment: HOME, TMPDIR, PATH, the way to the stand-in, no metadata. */
  readonly env: Environment;
  /** In addition: instance metadata as the stand-in plays it. */
  readonly metadata: Environment;
  /** Runs the executable; `env` is added to the scene's own, where undefined takes a variable away. */
  run(args: readonly string[], env?: Environment): Promise<Ended>;
  /** The same, while it runs. */
  start(args: readonly string[], env?: Environment): Running;
  /** Runs a command line in bash. */
  bash(line: string, env?: Environment): Promise<Ended>;
  /** Writes a file below the root, with the folders above it, and answers its whole path. */
  write(path: string, text: string, mode?: number): Promise<string>;
}

export interface SceneOptions extends Partial<StandInOptions> {
  /** The only platform that has what the scenario needs; default: any but Windows. */
  readonly only?: NodeJS.Platform;
  /** It waits more than it works, for a retry say, and is played beside its neighbours of the same sort. */
  readonly waits?: boolean;
  /** Milliseconds until it counts as hanging. Default 30,000. */
  readonly limit?: number;
}

/** Milliseconds: a scenario takes a hundredth of it, but the machine may have other work. */
const LIMIT = 30_000;

/** A test that is given a scene and cleans up after it. */
export function scenario(
  name: string,
  play: (scene: Scene) => Promise<void>,
  options: SceneOptions = {},
): void {
  const { platform } = process;
  const misfit = options.only === undefined ? platform === "win32" : platform !== options.only;
  const kind = options.waits ? test.concurrent : test;
  kind.skipIf(misfit)(name, () => withScene(play, options), options.limit ?? LIMIT);
  // One that hangs never cleans up after itself.
  afterAll(async () => {
    for (const home of homes) await endProcessesOf({ home });
    homes.clear();
  });
}

/** Of the scenes that are played, and of those that failed. */
const homes = new Set<string>();

/** Plays in a scene of its own and cleans up after it. */
export async function withScene(play: (scene: Scene) => Promise<void>, options: SceneOptions): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "aws-login-scene-"));
  // A seed of its own, so that no other scene's secrets are taken for this one's.
  const standIn = await startStandIn({ seed: root, ...options, world: options.world ?? SAMPLE_WORLD });
  const home = join(root, "home");
  homes.add(home);
  try {
    await play(await makeScene(root, standIn));
    homes.delete(home);
  } finally {
    if (homes.has(home)) await endProcessesOf({ home });
    homes.delete(home);
    await standIn.stop();
    await rm(root, { recursive: true });
  }
}

async function makeScene(root: string, standIn: StandIn): Promise<Scene> {
  const [home, temporary, work, bin] = ["home", "tmp", "work", "bin"].map((name) => join(root, name));
  if (!home || !temporary || !work || !bin) throw new Error("a folder is missing");
  for (const folder of [home, temporary, work, bin]) await mkdir(folder, { mode: 0o700 });
  await symlink(executable, join(bin, "aws-login"));
  const caFile = join(root, "ca.pem");
  await standIn.writeCa(caFile);

  const env: Environment = {
    HOME: home,
    TMPDIR: temporary,
    PATH: `${bin}:/usr/bin:/bin`,
    HTTPS_PROXY: standIn.proxyUrl,
    AWS_CA_BUNDLE: caFile,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const begin = (argv: readonly string[], more: Environment) => start(argv, { ...env, ...more }, work);
  return {
    root,
    home,
    work,
    bin,
    standIn,
    env,
    metadata: {
      AWS_EC2_METADATA_DISABLED: undefined,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${standIn.ports.imds}`,
    },
    run: (args, more = {}) => begin([executable, ...args], more).ended,
    start: (args, more = {}) => begin([executable, ...args], more),
    bash: (line, more = {}) => begin(["bash", "--norc", "--noprofile", "-c", line], more).ended,
    async write(path, text, mode = 0o600) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      await chmod(file, mode);
      return file;
    },
  };
}
