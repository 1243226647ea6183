/** The ways in which a file gets another content. Size and time of the file tell none of them. */
import { writeFileSync } from "node:fs";
import { link, mkdir, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Chance } from "../fuzz/mutate.ts";
import { pick } from "../fuzz/mutate.ts";

/** Seconds since the epoch: every file of a fresh clone or an unpacked archive may have one time. */
const oneTime = 1_700_000_000;

const ways = {
  "written in place": (path: string, text: string) => writeFile(path, text),
  "written twice at once": async (path: string, text: string) => {
    writeFileSync(path, text.toUpperCase());
    writeFileSync(path, text);
  },
  "another file moved there": async (path: string, text: string) => {
    await writeFile(`${path}.next`, text);
    await utimes(`${path}.next`, oneTime, oneTime);
    await rename(`${path}.next`, path);
  },
  "a symbolic link turned": async (path: string, text: string) => {
    const target = await stored(path, text);
    await symlink(target, `${path}.next`);
    await rename(`${path}.next`, path);
  },
  "a hard link": async (path: string, text: string) => {
    const target = await stored(path, text);
    await rm(path, { force: true });
    await link(target, path);
  },
} satisfies Record<string, (path: string, text: string) => Promise<void>>;

type Way = keyof typeof ways;
const names = Object.keys(ways).filter((name): name is Way => Object.hasOwn(ways, name));

/** Gives the file this content, or none, and returns how. */
export async function replace(path: string, text: string | undefined, random: Chance): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  if (text === undefined) {
    await rm(path, { force: true });
    return "removed";
  }
  const way = pick(names, random);
  // Written through a link, the file that it leads to would change as well.
  if (way.startsWith("written")) await rm(path, { force: true });
  await ways[way](path, text);
  await utimes(path, oneTime, oneTime);
  return way;
}

/** A file of its own for each content. */
async function stored(path: string, text: string): Promise<string> {
  const target = `${path}.${Bun.hash(text)}`;
  await writeFile(target, text);
  await utimes(target, oneTime, oneTime);
  return target;
}
