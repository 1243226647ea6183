/** A home directory of its own for a row of runs that are killed, and what stands in it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { chmod, mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { executable } from "../../end-to-end/support/executable.ts";
import { type Ended, type Environment, type Running, start } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";

export interface StoredFile {
  readonly text: string;
  /** The permission bits. */
  readonly mode: number;
}

export interface Home {
  readonly path: string;
  run(args: readonly string[], env: Environment): Promise<Ended>;
  /** `under` is a program that runs the executable, with its arguments. */
  start(args: readonly string[], env: Environment, under?: readonly string[]): Running;
  write(name: string, text: string, mode?: number): Promise<void>;
  remove(name: string): Promise<void>;
  /** Every file by its path below the home. What goes away while it is looked at is left out. */
  files(): Map<string, StoredFile>;
  /** The names of the files that a write begins with. */
  temporaries(): string[];
  /** Files and their modes as they were, and no others. */
  restore(files: ReadonlyMap<string, StoredFile>): Promise<void>;
  /** Makes the remains of killed writes so old that no process can still be writing them. */
  ageTemporaries(): Promise<void>;
}

export const isTemporary = (name: string) => name.endsWith(".tmp");

/** Starts the executable with a home directory. */
export type Begin = (path: string, args: readonly string[], env: Environment) => Running;

/** `begin`, if not given, starts this machine's executable. */
export async function makeHome(scene: Scene, name: string, beginIn?: Begin): Promise<Home> {
  const path = join(scene.root, name);
  await mkdir(path, { mode: 0o700 });
  const begin = (args: readonly string[], env: Environment, under: readonly string[] = []) =>
    beginIn?.(path, args, env) ??
    start([...under, executable, ...args], { ...scene.env, HOME: path, ...env }, scene.work);
  const home: Home = {
    path,
    run: (args, env) => begin(args, env).ended,
    start: begin,
    async write(name, text, mode = 0o600) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, text);
      await chmod(file, mode);
    },
    remove: (name) => rm(join(path, name), { recursive: true, force: true }),
    files() {
      const found = new Map<string, StoredFile>();
      for (const name of names(path)) {
        const file = storedFile(join(path, name));
        if (file !== undefined) found.set(name, file);
      }
      return found;
    },
    temporaries: () => names(path).filter(isTemporary),
    async restore(files) {
      for (const name of home.files().keys()) await rm(join(path, name), { force: true });
      for (const [name, { text, mode }] of files) await home.write(name, text, mode);
    },
    async ageTemporaries() {
      const long = new Date(Date.now() - 3_600_000);
      for (const name of home.temporaries()) await utimes(join(path, name), long, long);
    },
  };
  return home;
}

/** Of all that is below the folder. A folder that goes away meanwhile has none. */
function names(folder: string): string[] {
  try {
    // Looks come so often that a thread for each call would cost more than the look.
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

/** Undefined for what is no file, or is gone by now. */
function storedFile(path: string): StoredFile | undefined {
  try {
    const status = statSync(path);
    if (!status.isFile()) return undefined;
    return { text: readFileSync(path, "utf8"), mode: status.mode & 0o777 };
  } catch {
    return undefined;
  }
}
