/** A scene whose program is the released executable for musl, where `AWS_LOGIN_MUSL` names what `.ci/musl` made. */
import { test } from "bun:test";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Target, targets } from "../../../scripts/release/targets.ts";
import { archiveOf, unpackedExecutable } from "../../release/support/build.ts";
import { type Environment, start } from "./run.ts";
import { type Scene, type SceneOptions, withScene } from "./scene.ts";

/** The path at which the executable asks for its loader. */
const loader = "/lib/ld-musl-x86_64.so.1";

export interface MuslScene extends Scene {
  /** The path of the executable. */
  readonly executable: string;
}

const target = targets.find(({ name }) => name === "linux-x64-musl");
const named = process.env.AWS_LOGIN_MUSL;
const canRun = named && target && archiveOf(target) && existsSync(loader);
const machine = canRun ? await prepare(resolve(named), target) : undefined;

interface Machine {
  readonly executable: string;
  readonly libraries: Environment;
}

async function prepare(folder: string, target: Target): Promise<Machine> {
  // The libraries of C++ built for musl. The programs of the GNU C library that a scenario starts use none of them.
  return { executable: await unpackedExecutable(target, folder), libraries: { LD_LIBRARY_PATH: folder } };
}

/** Milliseconds: a scenario takes a hundredth of it, but the machine may have other work. */
const LIMIT = 30_000;

/** A test that is given such a scene and cleans up after it; skipped where there is no musl. */
export function muslScenario(
  name: string,
  play: (scene: MuslScene) => Promise<void>,
  options: SceneOptions = {},
): void {
  const found = machine;
  if (found === undefined) {
    test.skip(`${name} (needs AWS_LOGIN_MUSL and AWS_LOGIN_RELEASE)`, () => {});
    return;
  }
  test(name, () => withScene((scene) => play(withMusl(scene, found)), options), options.limit ?? LIMIT);
}

function withMusl(scene: Scene, { executable, libraries }: Machine): MuslScene {
  const env = { ...scene.env, ...libraries };
  const begin = (args: readonly string[], more: Environment = {}) =>
    start([executable, ...args], { ...env, ...more }, scene.work);
  return {
    ...scene,
    env,
    executable,
    run: (args, more) => begin(args, more).ended,
    start: begin,
    bash: (line, more = {}) => scene.bash(line, { ...libraries, ...more }),
  };
}
