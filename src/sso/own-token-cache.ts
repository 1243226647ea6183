/** The program's own token cache: a token for each portal, and the order in which the portals were used. */

import { joinPath } from "../config/paths.ts";
import { sha256Hex } from "../lib/digest.ts";
import { Failure } from "../lib/errors.ts";
import { type Fields, readFields, textListField } from "../lib/json-object.ts";
import { fileLock } from "../lib/lock.ts";
import { portalKey } from "../lib/portal-key.ts";
import {
  checkOwnFolder,
  type FileAccess,
  listPrivate,
  readOwnFile,
  removePrivate,
  reservePrivate,
  restrictOwnFolder,
  writeOwnFile,
} from "../lib/private-file.ts";
import { pythonJson } from "../lib/python-json.ts";
import { lockedOut } from "../lib/single-flight.ts";
import type { System } from "../system/types.ts";
import { formatRegistration, parseRegistration } from "./registration-file.ts";
import type { Sealing } from "./sealing.ts";
import { formatToken, parseToken, type StoredToken, type TokenMembers, whyNoToken } from "./token-file.ts";
import type { Flow, TokenStore } from "./token-store.ts";

/** The file in which the Python tool of the same name stores its one token. */
const pythonTokenFile = "aws-accesstoken-cache.json";

/** Milliseconds to wait for other processes that change the list of portals; each change takes an instant. */
const listTimeout = 10_000;

/** Files that several processes may change at once. */
type SharedFiles = FileAccess & Pick<System, "withLock">;

export function ownTokenPath(folder: string, startUrl: string): string {
  return joinPath(folder, "tokens", `${sha256Hex(portalKey(startUrl))}.json`);
}

/** `clientKey` names what else a registration depends on: the portal's region and the scopes. */
export function ownTokenStore(
  system: SharedFiles,
  folder: string,
  startUrl: string,
  clientKey: string,
  sealing: Sealing,
): TokenStore {
  const tokenPath = ownTokenPath(folder, startUrl);
  const clientPath = (flow: Flow) =>
    joinPath(folder, "clients", `${sha256Hex(pythonJson([portalKey(startUrl), flow, clientKey]))}.json`);
  const readToken = () => readStoredToken(system, tokenPath);
  return {
    sharedName: tokenPath,
    readToken,
    whyUnreadable: async () => whyNoToken(tokenPath, await readOwnFile(system, tokenPath)),
    open: async (token) => {
      const opened = parseToken(await sealing.open(tokenPath, formatToken(token, token.fields)));
      return opened ?? token;
    },
    reserve: async ({ fields, ...token }) => {
      await sealing.prepare();
      await restrictOwnFolder(system, folder);
      return reservePrivate(system, tokenPath, formatToken(token, fields), "own");
    },
    writeToken: async (token) => {
      const text = formatToken(token, (await readToken())?.fields);
      await sealing.seal(tokenPath, text, writeTo(system, folder, tokenPath));
    },
    removeToken: async () => {
      // The list first: by the token file a later logout finds a portal whose removal was interrupted.
      try {
        await changePortals(system, folder, (before) => without(before, startUrl));
      } finally {
        await removePrivate(system, tokenPath);
      }
    },
    readRegistration: async (flow) => {
      const path = clientPath(flow);
      const text = await readOwnFile(system, path);
      return text === undefined ? undefined : parseRegistration(await sealing.open(path, text));
    },
    writeRegistration: async (flow, registration) => {
      const path = clientPath(flow);
      await sealing.seal(path, formatRegistration(registration), writeTo(system, folder, path));
    },
    removeRegistration: (flow) => removePrivate(system, clientPath(flow)),
  };
}

/** Stores a text in the file. */
function writeTo(system: SharedFiles, folder: string, path: string): (text: string) => Promise<void> {
  return async (text) => {
    await restrictOwnFolder(system, folder);
    await writeOwnFile(system, path, text);
  };
}

/** The start URLs of the portals that were signed in to or imported, the latest first. */
export async function portals(
  system: Pick<FileAccess, "readOwn">,
  folder: string,
): Promise<readonly string[]> {
  const text = await readOwnFile(system, portalsPath(folder));
  const fields = text === undefined ? undefined : readFields(text);
  return (fields && textListField(fields, "startUrls")) ?? [];
}

/** Puts the portal first in the list of portals. */
export async function rememberPortal(system: SharedFiles, folder: string, startUrl: string): Promise<void> {
  await restrictOwnFolder(system, folder);
  await changePortals(system, folder, (before) => [startUrl, ...without(before, startUrl)]);
}

/** Every stored token, in no order. `unreadable` gets the Failure of each file that cannot be read or trusted. */
export async function storedTokens(
  system: FileAccess,
  folder: string,
  unreadable: (why: Failure) => void,
): Promise<readonly StoredToken[]> {
  const tokens: StoredToken[] = [];
  for (const name of await listPrivate(system, joinPath(folder, "tokens"))) {
    if (!name.endsWith(".json")) continue;
    try {
      const token = await readStoredToken(system, joinPath(folder, "tokens", name));
      if (token !== undefined) tokens.push(token);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      unreadable(error);
    }
  }
  return tokens;
}

/** Stores a token of another program, with all members of its file, and puts its portal first in the list. */
export async function storeImportedToken(
  system: SharedFiles,
  folder: string,
  startUrl: string,
  token: TokenMembers,
  fields: Fields,
  sealing: Sealing,
): Promise<void> {
  const path = ownTokenPath(folder, startUrl);
  await sealing.seal(path, formatToken(token, fields), writeTo(system, folder, path));
  await rememberPortal(system, folder, startUrl);
}

/**
 * Fails for a folder that others may write to. Imports the token of the Python tool once and removes its file; seals or
 * opens what is stored otherwise than `AWS_LOGIN_STORE` says. Otherwise it changes nothing: the functions that store
 * something make the folder and restrict its mode.
 */
export async function openOwnCache(system: SharedFiles, folder: string, sealing: Sealing): Promise<void> {
  await checkOwnFolder(system, folder);
  await sealing.settle();
  const path = joinPath(folder, pythonTokenFile);
  const token = await readStoredToken(system, path);
  if (token === undefined) return;
  const startUrl = /^[!-~]*$/.test(token.startUrl ?? "") ? (token.startUrl ?? "") : "";
  // A newer login is not replaced by the older token.
  if ((await readStoredToken(system, ownTokenPath(folder, startUrl))) === undefined) {
    await storeImportedToken(system, folder, startUrl, token, token.fields, sealing);
  }
  await removePrivate(system, path);
}

async function readStoredToken(
  system: Pick<FileAccess, "readOwn">,
  path: string,
): Promise<StoredToken | undefined> {
  const text = await readOwnFile(system, path);
  return text === undefined ? undefined : parseToken(text);
}

/** Reads, changes and writes the list under a lock, so that no other process's change is lost. */
async function changePortals(
  system: SharedFiles,
  folder: string,
  change: (before: readonly string[]) => readonly string[],
): Promise<void> {
  const path = portalsPath(folder);
  const work = async () => {
    const startUrls = change(await portals(system, folder));
    await writeOwnFile(system, path, pythonJson({ startUrls }));
  };
  const held = await fileLock(system, folder, path, () => {})(listTimeout, work);
  if (held.kind === "done") return;
  throw lockedOut(`cannot write ${path}`, listTimeout);
}

function without(startUrls: readonly string[], startUrl: string): readonly string[] {
  return startUrls.filter((other) => portalKey(other) !== portalKey(startUrl));
}

/** The file with the list of portals. */
export function portalsPath(folder: string): string {
  return joinPath(folder, "portals.json");
}
