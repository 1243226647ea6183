/**
 * The cached answer to `credential_process`. SDKs and Terraform start the program for every process of theirs, so this file
 * is written for its cost (docs/start-up.md): it is one long function, because each function that runs for the first time
 * takes a two-hundredth of a start, and it imports data only. What it does, `cli/parse.ts` and `commands/cached-answer.ts`
 * do for every command line and every value; it gives up wherever it cannot be sure to do the same.
 */
import { helperOptions } from "./cli/helper-options.ts";
import { entrySeal, entryTitle } from "./credentials/cache/entry-form.ts";
import { keyVariables, secretVariables } from "./credentials/cache/key-parts.ts";
import { lifeState } from "./credentials/cache/lifetime.ts";
import { absentFingerprint, longestFile, neverWritten } from "./lib/file-facts.ts";
import { version } from "./lib/version.ts";
import type { Environment } from "./system/types.ts";

/** The members of `Bun` that read files without its threads, which cost a fifth of a start. */
export interface MappedFiles {
  file(path: string): { readonly lastModified: number; readonly size: number };
  mmap(path: string): Uint8Array<ArrayBuffer>;
}

/** The text for stdout; undefined where the general way decides. Never throws. */
export function cachedAnswer(
  words: readonly string[],
  env: Environment,
  files: MappedFiles,
  clock: Pick<DateConstructor, "now">,
): string | undefined {
  // The command line. A wrong value is not found out: the cache has no entry for it.
  const isOtherName = words[0] === "credential-process";
  if (words[0] !== "dumpcreds" && !isOtherName) return undefined;
  const names = helperOptions.split("\n");
  const options: Record<string, string | undefined> = {};
  let isHelper = isOtherName;
  let isCached = false;
  let sessionToken = "-";
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--credential-helper") isHelper = true;
    else if (word === "--use-cache") isCached = true;
    else if (word === "--get-session-token") sessionToken = "4:true";
    else {
      const equals = word.indexOf("=");
      const given = equals < 0 ? word : word.slice(0, equals);
      const name = given === "--session-duration" ? "--duration" : given;
      const value = equals < 0 ? words[++index] : word.slice(equals + 1);
      // What begins with a dash may be an option whose value is missing.
      if (!names.includes(name) || !value || (equals < 0 && value.startsWith("-"))) return undefined;
      // The general way reads the first one as well, and refuses a wrong value.
      if (options[name] !== undefined) return undefined;
      // `signing-helper.ts` judges it.
      if (isOtherName && name === "--region") return undefined;
      options[name] = value;
    }
  }
  if (!isHelper || !isCached) return undefined;

  // The request line of the key. In the default folder the owner of the entry is not checked, because that costs a third of
  // a start; SECURITY.md says which users could exploit that. Another folder may belong to any user.
  const home = env.HOME;
  if (!home?.startsWith("/") || home.endsWith("/") || env.AWS_LOGIN_HOME) return undefined;
  let request = `${version.length}:${version}${home.length}:${home}`;
  for (const name of names) {
    const value = options[name];
    request += value === undefined ? "-" : `${value.length}:${value}`;
    if (value?.includes("@") && value.includes("://")) return undefined;
  }
  // No federation token, which the command line above cannot ask for.
  request += `${sessionToken}-`;
  for (const name of keyVariables.split("\n")) {
    const value = env[name];
    request += value === undefined ? "-" : `${value.length}:${value}`;
    if (value?.includes("@") && value.includes("://")) return undefined;
  }
  for (const name of secretVariables.split("\n")) {
    const value = env[name];
    request += value === undefined ? "-" : value === "" ? "0:" : "6:secret";
  }
  // U+FFFD stands for bytes that were lost: with it one name could be served the credentials of another.
  if (request.includes("$") || request.includes("\n") || request.includes("\ufffd")) return undefined;

  try {
    const path = `${home}/.aws-login/credentials/${request.length}-${Bun.hash(request)}`;
    const text = new TextDecoder().decode(files.mmap(path));
    const [title, asked, dependsOn = "", , times = "", , answer, seal = ""] = text.split("\n");
    if (title !== entryTitle || asked !== request) return undefined;
    if (seal !== `${entrySeal}${Bun.hash(text.slice(0, -seal.length - 1))}`) return undefined;
    const [acquired, expires, retryAt] = times.split(" ");
    const life = { acquired: Number(acquired), expires: Number(expires), retryAt: Number(retryAt) };
    if (lifeState(life, clock.now()) !== "fresh") return undefined;
    // A percent sign stands for a character that would part the words.
    if (dependsOn.includes("%")) return undefined;
    const pairs = dependsOn.split(" ");
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      const file = files.file(pairs[index] ?? "");
      let fingerprint = absentFingerprint;
      if (file.lastModified !== neverWritten) {
        // The size of a pipe or a device is infinite. Opening a pipe would disturb its writer.
        if (file.size > longestFile) return undefined;
        const bytes = files.mmap(pairs[index] ?? "");
        // The first byte of a byte order mark, which a fingerprint leaves out.
        if (bytes[0] === 0xef) return undefined;
        fingerprint = `${Bun.hash(bytes)}`;
      }
      if (fingerprint !== pairs[index + 1]) return undefined;
    }
    return `${answer}\n`;
  } catch {
    // A file that does not exist or cannot be mapped. The general way reads it otherwise, or says why it cannot.
    return undefined;
  }
}
