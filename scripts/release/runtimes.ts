/** Bun's runtimes for the targets, as `bun.lock` pins them: a release is made of nothing else. */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { distFolder, root } from "../project/paths.ts";
import type { Target } from "./targets.ts";

export interface Runtimes {
  /** The path of the target's runtime. */
  of(target: Target): string;
  remove(): Promise<void>;
}

/**
 * Fetches the targets' runtimes from the npm registry, or takes them from Bun's cache. Left to itself, `Bun.build`
 * takes whatever Bun is running for this machine's own target, and unchecked downloads for the others. Throws when
 * one has another checksum than `bun.lock` says.
 */
export async function fetchRuntimes(targets: readonly Target[]): Promise<Runtimes> {
  const names = [...new Set(targets.map(({ runtime }) => runtime))];
  const folder = await mkdtemp(join(distFolder, "runtimes-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const dependencies = Object.fromEntries(names.map((name) => [name, Bun.version]));
    await Bun.write(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
    await install(folder);
    const wanted = await Bun.file(join(root, "bun.lock")).text();
    const got = await Bun.file(join(folder, "bun.lock")).text();
    for (const name of names) requireSame(name, integrity(wanted, name), integrity(got, name));
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    of: ({ runtime, archive }) =>
      join(folder, "node_modules", runtime, "bin", archive === "zip" ? "bun.exe" : "bun"),
    remove,
  };
}

async function install(folder: string): Promise<void> {
  const everywhere = ["--os=*", "--cpu=*", "--libc=*"];
  const child = Bun.spawn([process.execPath, "install", "--ignore-scripts", ...everywhere], {
    cwd: folder,
    stdout: "ignore",
    stderr: "pipe",
  });
  const [complaints, status] = await Promise.all([child.stderr.text(), child.exited]);
  if (status !== 0) throw new Error(`cannot fetch Bun's runtimes: ${complaints}`);
}

/** The package's version and checksum in the text of a `bun.lock`, undefined when it is not there. */
export function integrity(lock: string, name: string): string | undefined {
  const [, entry] = lock.match(new RegExp(`^ *"${name}": \\[(.*)\\],?$`, "m")) ?? [];
  const [, version] = entry?.match(/^"([^"]+)"/) ?? [];
  const [, sum] = entry?.match(/"(sha512-[^"]+)"$/) ?? [];
  return version !== undefined && sum !== undefined ? `${version} ${sum}` : undefined;
}

function requireSame(name: string, wanted: string | undefined, got: string | undefined): void {
  if (wanted !== undefined && wanted === got) return;
  throw new Error(`${name} is not what bun.lock pins: it is ${got}, and should be ${wanted}`);
}
