/** Secrets of a scene, and the places where they must not be. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_KEYS } from "../../stand-in/sample-world.ts";
import type { StandIn } from "../../stand-in/stand-in.ts";
import type { Scene } from "./scene.ts";

/** Collects every secret that the stand-in knows, gives out or is given from now on. */
export interface Canaries {
  /** Values that only the stand-in and the program may know, by what they are. */
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
  const collect = (kind: string, values: Iterable<string>) => {
    for (const value of values) found.set(`${kind} ${value.slice(0, 6)}…`, value);
  };
  const secrets = () => {
    const { accessTokens, refreshTokens, clients, deviceGrants, codeGrants } = world.identityCenter;
    collect("sign-in token", world.signinGrants.keys());
    collect("metadata token", world.metadataTokens.keys());
    collect("access token", accessTokens.keys());
    collect("refresh token", refreshTokens.keys());
    collect("refresh token of aws login", world.logins.keys());
    collect("device code", deviceGrants.keys());
    collect("authorization code", codeGrants.keys());
    for (const client of clients.values()) found.set(`secret of client ${client.id}`, client.secret);
    collect("proof key's verifier", verifiers(standIn));
    collect("code of a sign-in", codes(standIn));
    return found;
  };
  return {
    secrets,
    foundIn: (text) => secretsIn(text, secrets()),
  };
}

/** PKCE: known to the program alone until it exchanges the code for a token. */
function verifiers({ requests }: StandIn): string[] {
  return requests.flatMap(({ body }) => /"(?:codeVerifier|code_verifier)": *"([^"]+)"/.exec(body)?.[1] ?? []);
}

/** What a browser came back with, as the program exchanges it. */
function codes({ requests }: StandIn): string[] {
  return requests.flatMap(({ body }) => /"code": *"([^"]{16,})"/.exec(body)?.[1] ?? []);
}

/** The names of the secrets that stand in the text, whole, in part, encoded, or over several lines. */
export function secretsIn(text: string, secrets: ReadonlyMap<string, string>): string[] {
  const joined = text.replace(/[\r\n]+\s*/g, "");
  return [...secrets]
    .filter(([, secret]) => traces(secret).some((trace) => text.includes(trace) || joined.includes(trace)))
    .map(([name]) => name);
}

/** Long enough that it stands nowhere by chance. */
const PART = 16;

/** Fewer do for the beginning, by which careless programs "mask" a secret. */
const BEGINNING = 12;

/** The secret as it may be written, or pieces of it: it may have been cut, or encoded for a URL, a header or JSON. */
function traces(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = new Set([
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...base64Forms(bytes),
  ]);
  return [...forms].flatMap((form) =>
    form.length <= PART
      ? [form]
      : [
          form.slice(0, BEGINNING),
          form.slice(Math.floor((form.length - PART) / 2)).slice(0, PART),
          form.slice(-PART),
        ],
  );
}

/** Base64 of the secret by itself and behind one or two bytes of something else, as in `user:password`. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
    // Only what the secret alone decides: not the letters that share bits with its neighbours.
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor((whole.length * 8) / 6);
    const forms = [whole.toString("base64"), whole.toString("base64url")];
    return forms.map((form) => form.slice(start, end));
  });
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
