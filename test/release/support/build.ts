/** What `bun run release` made, where it has been run. */
import { existsSync, statSync } from "node:fs";
import { chmod, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Target, targets } from "../../../scripts/release/targets.ts";
import { version } from "../../../src/lib/version.ts";

/** The release that `AWS_LOGIN_RELEASE` names. */
export const release = folderIn("AWS_LOGIN_RELEASE");

/** One of the same commit from another place, of which less may be there. */
export const secondRelease = folderIn("AWS_LOGIN_RELEASE_AGAIN");

function folderIn(variable: string): string | undefined {
  const folder = process.env[variable];
  return folder ? resolve(folder) : undefined;
}

/** The path of the target's archive, or undefined when there is none. */
export function archiveOf(target: Pick<Target, "name" | "archive">): string | undefined {
  return pathOf(`aws-login-${version}-${target.name}.${target.archive}`);
}

/** The path of another file of the release, or undefined when there is none. */
export function releasedFile(name: string): string | undefined {
  return pathOf(name);
}

/** The path of an npm package, by its name without the scope, or undefined when there is none. */
export function npmPackage(name: string): string | undefined {
  return pathOf(`npm/aws-login-${name}-${version}.tgz`);
}

function pathOf(name: string): string | undefined {
  const path = release && join(release, name);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** The target that is this machine. */
export const thisMachine = targets.find(({ npm }) => {
  const { report, platform, arch } = process;
  const isMusl = platform === "linux" && !JSON.stringify(report.getReport()).includes("glibcVersionRuntime");
  return npm?.os === platform && npm.cpu === arch && (npm.libc === "musl") === isMusl;
});

/** The executable from the target's archive. */
export async function executableOf(target: Target): Promise<Uint8Array> {
  // Bun reads no zip archives; npm's package has the same file.
  const [path, inside] =
    target.archive === "zip"
      ? [npmPackage(target.name), `package/bin/${target.executable}`]
      : [archiveOf(target), `aws-login-${version}-${target.name}/${target.executable}`];
  const file = path && (await new Bun.Archive(await Bun.file(path).bytes()).files(inside)).get(inside);
  if (!file) throw new Error(`there is no ${inside} in ${path}`);
  return file.bytes();
}

/** Puts the executable from the target's archive into the folder, unless it is there already; answers its path. */
export async function unpackedExecutable(target: Target, folder: string): Promise<string> {
  const path = join(folder, target.executable);
  const time = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (time(path) > time(archiveOf(target) ?? "")) return path;
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, await executableOf(target));
  await chmod(unfinished, 0o755);
  await rename(unfinished, path);
  return path;
}
