/** Secrets of a scene, and the places where they must not be. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_KEYS } from "../../stand-in/sample-world.ts";
import type { StandIn } from "../../stand-in/stand-in.ts";
import type { Scene } from "./scene.ts";

/** Collects every secret that the stand-in knows or gives out from now on. */
export interface Canaries {
  /** Values that nobody but the stand-in and the program may know, by what they are. */
  secrets(): ReadonlyMap<string, string>;
  /** The names of the secrets that stand in the text, whole, in part, or encoded. */
  foundIn(text: string): string[];
}

export function watchSecrets(standIn: StandIn, more: Readonly<Record<string, string>> = {}): Canaries {
  const found = new Map(Object.entries(more));
  for (const [name, keys] of Object.entries(SAMPLE_KEYS))
    found.set(`secret key of ${name}`, keys.secretAccessKey);
  const { world } = standIn;
  const remember = world.remember;
  world.remember = (session) => {
    remember(session);
    found.set(`secret key ${found.size} of ${session.arn}`, session.secretAccessKey);
    if (session.sessionToken !== undefined)
      found.set(`token ${found.size} of ${session.arn}`, session.sessionToken);
  };
  const secrets = () => {
    for (const token of world.signinGrants.keys()) found.set(`sign-in token ${token.slice(0, 6)}…`, token);
    for (const token of world.metadataTokens.keys()) found.set(`metadata token ${token.slice(0, 6)}…`, token);
    const { accessTokens, refreshTokens, clients } = world.identityCenter;
    for (const token of accessTokens.keys()) found.set(`access token ${token.slice(0, 6)}…`, token);
    for (const token of refreshTokens.keys()) found.set(`refresh token ${token.slice(0, 6)}…`, token);
    for (const client of clients.values()) found.set(`secret of client ${client.id}`, client.secret);
    return found;
  };
  return {
    secrets,
    foundIn: (text) =>
      [...secrets()]
        .filter(([, secret]) => traces(secret).some((trace) => text.includes(trace)))
        .map(([name]) => name),
  };
}

/** Long enough that it stands nowhere by chance. */
const PART = 16;

/** The secret as it may be written, or pieces of it: it may have been cut, or encoded for a URL or a header. */
function traces(secret: string): string[] {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
  return forms.flatMap((form) =>
    form.length <= PART
      ? [form]
      : [
          form.slice(0, PART),
          form.slice(Math.floor((form.length - PART) / 2)).slice(0, PART),
          form.slice(-PART),
        ],
  );
}

/** Every file below the scene's HOME, TMPDIR and working directory with its whole text. */
export async function filesOf(scene: Scene): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const folder of [scene.home, scene.env.TMPDIR ?? "", scene.work]) {
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name);
      if ((await stat(path)).isFile()) files.set(path, await Bun.file(path).text());
    }
  }
  return files;
}
