/** Wine, which runs the released Windows executable, where `AWS_LOGIN_WINE` names a folder that `.ci/wine` made. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Target, targets } from "../../../../scripts/release/targets.ts";
import { archiveOf, unpackedExecutable } from "../../../release/support/build.ts";
import type { Environment } from "../../support/run.ts";

/** Debian's own program: its wrapper `wine` wants 32-bit programs too. */
const wine64 = "/usr/lib/wine/wine64";
const wineserver = "/usr/lib/wine/wineserver";

const target = targets.find(({ name }) => name === "windows-x64");
const named = process.env.AWS_LOGIN_WINE;
const canRun = named && target && archiveOf(target) && existsSync(wine64);

export interface Wine {
  /** The command line before a Windows program and its arguments. */
  readonly command: readonly string[];
  readonly env: Environment;
  /** The path of `tell.exe`, as Windows has it. */
  readonly tell: string;
  /** The path of the released executable, as Windows has it. */
  readonly executable: string;
}

/** Undefined where there is no Wine, or no release for it. */
export const wine: Wine | undefined = canRun ? await prepare(resolve(named), target) : undefined;

/** A path as Wine shows it to Windows programs. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}

async function prepare(folder: string, target: Target): Promise<Wine> {
  const env = {
    WINEPREFIX: join(folder, "prefix"),
    WINEDEBUG: "-all",
    LC_ALL: "C.UTF-8",
    PATH: "/usr/bin:/bin",
  };
  const tell = join(folder, "tell.exe");
  startServices(env, tell);
  return {
    command: [wine64, join(folder, "as-user.exe")],
    env,
    tell: windowsPath(tell),
    executable: windowsPath(await unpackedExecutable(target, folder)),
  };
}

/**
 * The first program brings Wine's services up, which have its streams and outlive it: a test that reads a stream to its
 * end would wait for them.
 */
function startServices(env: Environment, program: string): void {
  for (const argv of [
    [wineserver, "-p"],
    [wine64, program],
  ]) {
    Bun.spawnSync(argv, { env: { ...env }, stdio: ["ignore", "ignore", "ignore"], timeout: 60_000 });
  }
}
