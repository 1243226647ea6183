/** The credentials that the program keeps, seen from outside. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ended } from "./run.ts";
import type { Scene } from "./scene.ts";

/** The paths of the cache entries below HOME; none when there is no folder. */
export async function entryFiles(scene: Scene): Promise<string[]> {
  const folder = join(scene.home, ".aws-login/credentials");
  try {
    return (await readdir(folder)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The key id of an answer to `credential_process` that came without a word on stderr. */
export function answeredKey({ status, stdout, stderr }: Ended): string {
  if (status !== 0 || stderr !== "") throw new Error(`status ${status}: ${stderr}`);
  return JSON.parse(stdout).AccessKeyId;
}

/** Makes the one entry one of credentials that were got, and end, so many seconds from now. */
export async function setTimes(scene: Scene, seconds: { acquired: number; expires: number }): Promise<void> {
  const [path = "", ...more] = await entryFiles(scene);
  if (more.length > 0) throw new Error("there is more than one entry");
  const time = (from: number) => Date.now() + from * 1000;
  const text = await Bun.file(path).text();
  const changed = text.replace(
    /^\d{13} \d{13} \d+$/m,
    `${time(seconds.acquired)} ${time(seconds.expires)} 0`,
  );
  if (changed === text) throw new Error(`${path} has no times`);
  const end = new Date(time(seconds.expires)).toISOString().replace(/\.\d+Z$/, "Z");
  const [body = ""] = changed.replace(/"Expiration":"[^"]*"/, `"Expiration":"${end}"`).split(/whole \d+\n$/);
  // An entry ends with a sum of all that stands before.
  await Bun.write(path, `${body}whole ${Bun.hash(body)}\n`);
}
