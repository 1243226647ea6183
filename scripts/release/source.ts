/** What a release is made of: a version and a commit. */
import { join } from "node:path";
import { root } from "../project/paths.ts";
import { versionsIn } from "./changelog.ts";

export interface Source {
  readonly version: string;
  readonly description: string;
  /** Undefined where git knows none. */
  readonly commit: string | undefined;
  /** The files that are not as the commit has them. */
  readonly changed: readonly string[];
  /** Seconds since the epoch: `SOURCE_DATE_EPOCH`, else when the commit was made, else the start of 1980. */
  readonly time: number;
}

/** The oldest time that every archive can hold. */
const OLDEST = Date.UTC(1980) / 1000;

/** Reads the project's folder. Throws when it is not fit for a release (`refusal`). */
export async function readSource(env: Readonly<Record<string, string | undefined>>): Promise<Source> {
  const manifest = await Bun.file(join(root, "package.json")).json();
  const { version, description } = manifest;
  const [newest] = versionsIn(await Bun.file(join(root, "CHANGELOG.md")).text());
  const why = refusal({ version, newest, bun: Bun.version, wantedBun: manifest.devDependencies.bun });
  if (why !== undefined) throw new Error(why);
  // The project may lie in another repository, which then says nothing about it.
  const isOwn = git("rev-parse", "--show-cdup") === "";
  const commit = isOwn ? git("rev-parse", "HEAD") : undefined;
  const changed = isOwn ? (git("status", "--porcelain") ?? "") : "";
  return {
    version,
    description,
    commit,
    changed: changed.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(3)])),
    time: sourceTime(env.SOURCE_DATE_EPOCH, commit && git("log", "-1", "--format=%ct")),
  };
}

/**
 * Why this version cannot be released, or undefined. The newest entry of CHANGELOG.md must be the version's, and Bun
 * must be the one that package.json names: another would make another executable.
 */
export function refusal(state: {
  readonly version: string;
  readonly newest: string | undefined;
  readonly bun: string;
  readonly wantedBun: string;
}): string | undefined {
  const { version, newest, bun, wantedBun } = state;
  if (newest !== version) {
    return `cannot release ${version}: the newest entry of CHANGELOG.md is for ${newest ?? "no version"}; write one`;
  }
  if (bun === wantedBun) return undefined;
  return `cannot release with Bun ${bun}: package.json names ${wantedBun}; run: npx bun@${wantedBun} run release`;
}

/** What keeps others from making the same release again, in sentences. */
export function warnings({ commit, changed }: Pick<Source, "commit" | "changed">): string[] {
  const [first, ...others] = changed;
  return [
    ...(commit === undefined ? ["git knows no commit of this folder"] : []),
    ...(first === undefined
      ? []
      : [`not as in the commit: ${others.length === 0 ? first : `${first} and ${others.length} more`}`]),
  ];
}

/** The time from the value of `SOURCE_DATE_EPOCH` or else from git. Throws for a value that is no time. */
export function sourceTime(wanted: string | undefined, committed: string | undefined): number {
  const text = wanted || committed || `${OLDEST}`;
  if (!/^\d{1,11}$/.test(text)) throw new Error(`SOURCE_DATE_EPOCH is no number of seconds: ${text}`);
  return Math.max(Number(text), OLDEST);
}

/** What git says, or undefined when it fails or is not there. */
function git(...args: readonly string[]): string | undefined {
  try {
    const { success, stdout } = Bun.spawnSync(["git", ...args], { cwd: root, stderr: "ignore" });
    return success ? stdout.toString().replace(/\n$/, "") : undefined;
  } catch {
    return undefined;
  }
}
