/**
 * The real outside world. What a cached answer needs stands here and touches few built-ins; the dear parts are
 * files of `real/`, loaded when first used.
 */
import { Failure } from "./errors.ts";
import { printable } from "./printable.ts";
import type { Environment, FetchRequest, System } from "./system.ts";
import { withKnownNames } from "./variable-names.ts";
import { version } from "./version.ts";

/** By which AWS's logs tell the program. No signature covers it. */
const userAgent = `aws-login/${version}`;

/**
 * A copy of the environment as the program found it, made when first asked for: help needs none. The runtime's own
 * proxy variables are taken out of the live one, because `fetch` would obey them for every address, instance metadata
 * included.
 */
function environment(): Environment {
  if (found === undefined) {
    found = withKnownNames({ ...process.env }, process.platform);
    for (const kind of ["http", "https", "all", "no"]) {
      delete process.env[`${kind}_proxy`];
      delete process.env[`${kind.toUpperCase()}_PROXY`];
    }
  }
  return found;
}

let found: Environment | undefined;

export const realSystem: System = {
  get env() {
    return environment();
  },
  platform: process.platform,
  now: () => Date.now(),
  startedAt: () => performance.timeOrigin,
  sleep: (milliseconds) => Bun.sleep(milliseconds),
  deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
  random: () => Math.random(),
  fetch: (url: string, request: FetchRequest) => {
    environment();
    return fetch(url, {
      method: request.method,
      headers: { ...request.headers, "user-agent": userAgent },
      redirect: "manual",
      // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 and BUN_CONFIG_VERBOSE_FETCH=1 change the defaults.
      tls:
        request.ca === undefined
          ? { rejectUnauthorized: true }
          : { ca: request.ca, rejectUnauthorized: true },
      verbose: false,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.proxy === undefined ? {} : { proxy: request.proxy }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  },
  connect: async (hostname, port) => {
    const socket = await Bun.connect({ hostname, port, socket: { data() {} } });
    socket.end();
  },
  readText,
  readReplaced: (path) => {
    try {
      // Reading in the usual way starts the runtime's threads first, which costs a tenth of a whole start.
      return new TextDecoder().decode(Bun.mmap(path));
    } catch {
      return undefined;
    }
  },
  fileMark: (path) => {
    const file = Bun.file(path);
    const place = isAbsolute(path) ? path : `${process.cwd()}/${path}`;
    const { lastModified } = file;
    if (lastModified === NEVER_WRITTEN) return `no ${place}`;
    if (path === "/dev/null") return path;
    const { size } = file;
    if (size === Number.POSITIVE_INFINITY) return undefined;
    if (lastModified >= EARLIEST_TIME) return `${size} ${lastModified} ${place}`;
    // Package stores give all their files one time, and another path when they are others.
    const target = Bun.resolveSync(place, "/");
    return target === place ? undefined : `${size} ${target} ${place}`;
  },
  writtenAt: (path) => {
    const { lastModified } = Bun.file(path);
    return lastModified === NEVER_WRITTEN ? undefined : lastModified;
  },
  workingDirectory: () => process.cwd(),
  home: async () => {
    const { homedir } = await import("node:os");
    return homedir() || undefined;
  },
  // No `await`: the first one of a start costs more than the writing.
  stdout: (text) =>
    Bun.write(Bun.stdout, text).then(ignore, (error: unknown) => {
      throw new Failure("failed", `cannot write to stdout: ${whyUnwritten(error)}`, { cause: error });
    }),
  stderr: (line) => {
    // Not `console.error`, which the runtime colours red, terminal or not (FORCE_COLOR).
    // biome-ignore lint/suspicious/noConsole: the one place that writes to stderr, at no cost to start-up
    console.warn(printable(line));
  },
  promptSecret: async (question) => (await import("./real/terminal.ts")).promptSecret(printable(question)),
  runChild: async (argv, env) => (await import("./real/child.ts")).runChild(argv, env, process.platform),
  runHelper: async (command, env) =>
    (await import("./real/helper-process.ts")).runHelper(command, env, process.platform),
  openBrowser: async (url) =>
    (await import("./real/browser.ts")).openBrowser(url, environment(), process.platform),
  redirectOnce: async (target, timeoutMilliseconds, opened) =>
    (await import("./real/redirect-once.ts")).redirectOnce(target, timeoutMilliseconds, opened),
  copyToClipboard: async (text) =>
    (await import("./real/clipboard.ts")).copyToClipboard(text, environment(), process.platform),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  readStdin: () => Bun.stdin.text(),
  stderrIsTerminal: async () => (await import("node:tty")).isatty(2),
  stderrText: (text) => {
    process.stderr.write(text);
  },
  replaceFile: async (path, text, mode) => (await import("./real/files.ts")).replaceFile(path, text, mode),
  readBytes: async (path) => (await import("./real/files.ts")).readBytes(path),
  copyFile: async (from, to) => (await import("./real/files.ts")).copyFile(from, to),
  removeFile: async (path) => (await import("./real/files.ts")).removeFile(path),
  listFolder: async (path) => (await import("./real/files.ts")).listFolder(path),
  makeFolder: async (path) => (await import("./real/files.ts")).makeFolder(path),
  narrowFolder: async (path) => (await import("./real/files.ts")).narrowFolder(path),
  withLock: async (path, waitMilliseconds, work, keepWaiting) =>
    (await import("./real/lock.ts")).withLock(path, waitMilliseconds, work, keepWaiting),
  serveCallback: async (answer, timeoutMilliseconds, opened) =>
    (await import("./real/callback-server.ts")).serveCallback(answer, timeoutMilliseconds, opened),
  interruptible: async (doing, work) => (await import("./real/interrupt.ts")).interruptible(doing, work),
};

/** What the runtime says of a file that does not exist. */
const NEVER_WRITTEN = 4_503_599_627_370_495;
/** The year 1980, in milliseconds: no file that a person keeps is older. */
const EARLIEST_TIME = 315_532_800_000;

async function readText(path: string): Promise<string | undefined> {
  try {
    return await Bun.file(path).text();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function ignore(): void {}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || path.startsWith("\\") || path.charAt(1) === ":";
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

function whyUnwritten(error: unknown): string {
  const code = codeOf(error);
  if (code === "EPIPE") return "whoever was to read it has gone";
  if (code === "ENOSPC") return "there is no space left";
  return code ?? "unknown";
}

/** The code of a system's error (`ENOENT`). */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
