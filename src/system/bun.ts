/**
 * The one real `System`. What the keys of a profile need is in `start-system.ts`; the parts that cost time at a start are files
 * beside this one, loaded at their first use.
 */
import { optional } from "../lib/optional.ts";
import { printable } from "../lib/printable.ts";
import { version } from "../lib/version.ts";
import {
  fileFingerprint,
  isOpenToOthers,
  mappedFingerprint,
  readReplaced,
  readText,
  writtenAt,
} from "./files/read-file.ts";
import { interruptible, listenNow } from "./processes/interruptible.ts";
import { withKnownNames } from "./processes/variable-names.ts";
import { startSystem } from "./start-system.ts";
import type { Environment, FetchRequest, System } from "./types.ts";

/** Names the program in AWS's logs. No signature covers it. */
const userAgent = `aws-login/${version}`;

/**
 * A copy of the environment, made at its first use, because help needs none. The proxy variables are deleted from the
 * live environment, because the runtime's `fetch` would obey them for every address, instance metadata included.
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

/**
 * No request asks for a compressed response. Where a server compresses one anyway and it cannot be decompressed, the
 * runtime would print its own words to stderr. The runtime's types lack this option.
 */
const asItComes = { decompress: false };

export const realSystem: System = {
  ...startSystem,
  get env() {
    return environment();
  },
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
      // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 and BUN_CONFIG_VERBOSE_FETCH=1 change the defaults.
      tls:
        request.ca === undefined
          ? { rejectUnauthorized: true }
          : { ca: request.ca, rejectUnauthorized: true },
      verbose: false,
      ...asItComes,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.proxy === undefined ? {} : { proxy: request.proxy }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      ...(request.connection === undefined ? {} : { keepalive: false }),
    });
  },
  // `fetch.preconnect` takes no certificates, and no address at the port of https itself (oven-sh/bun 21633). A request
  // without credentials and without content does what it should do, in one round trip more.
  openConnection: async (origin, { ca, signal }) => {
    const headers = { "accept-encoding": "identity" };
    await realSystem.fetch(`${origin}/`, { method: "HEAD", headers, ...optional("ca", ca), signal });
  },
  connect: async (hostname, port) => {
    const socket = await Bun.connect({ hostname, port, socket: { data() {} } });
    socket.end();
  },
  readText,
  readReplaced,
  fileFingerprint,
  mappedFingerprint,
  writtenAt,
  isOpenToOthers,
  readOwn: async (path) => (await import("./files/private-files.ts")).readOwn(path),
  workingDirectory: () => process.cwd(),
  home: async () => {
    const { homedir } = await import("node:os");
    try {
      return homedir() || undefined;
    } catch {
      // The user has no entry in the system, as in many containers.
      return undefined;
    }
  },
  stderr: (line) => {
    // Not `console.error`, which the runtime colours red even without a terminal (FORCE_COLOR).
    // biome-ignore lint/suspicious/noConsole: the one place that writes to stderr, at no cost to start-up
    console.warn(printable(line));
  },
  onScreen: async (work) =>
    process.platform === "win32" ? undefined : (await import("./terminal/screen.ts")).onScreen(work),
  promptLine: async (text) => (await import("./terminal/terminal.ts")).promptLine(text),
  promptSecret: async (question) =>
    (await import("./terminal/terminal.ts")).promptSecret(printable(question)),
  promptPaste: async (question, until) =>
    (await import("./terminal/terminal-paste.ts")).promptPaste(printable(question), until),
  runProgram: async (argv, env, inherits) =>
    (await import("./processes/run-program.ts")).runProgram(argv, env, process.platform, inherits),
  runHelper: (command, env) =>
    interruptible("running a credential_process", async () => {
      // Before the command starts: it must not outlive this process.
      await listenNow();
      const stderr = (await realSystem.stderrIsTerminal()) ? "inherit" : "pipe";
      return (await import("./processes/run-helper.ts")).runHelper(command, env, process.platform, {
        stderr,
      });
    }),
  nestingDepth: async () => (await import("./processes/process-tree.ts")).nestingDepth(process.platform),
  openBrowser: async (url, profile) =>
    (await import("./browser/browser.ts")).openBrowser(url, environment(), process.platform, { profile }),
  redirectOnce: async (target, timeoutMilliseconds, opened) =>
    (await import("./servers/redirect-once.ts")).redirectOnce(target, timeoutMilliseconds, opened),
  checkClipboard: async () =>
    (await import("./clipboard.ts")).checkClipboard(environment(), process.platform),
  copyToClipboard: async (text) =>
    (await import("./clipboard.ts")).copyToClipboard(text, environment(), process.platform),
  keyStore: {
    read: async (name) => (await import("./key-store.ts")).keyStore.read(name),
    write: async (name, value) => (await import("./key-store.ts")).keyStore.write(name, value),
    remove: async (name) => (await import("./key-store.ts")).keyStore.remove(name),
  },
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  readStdin: async () => (await import("./stdin.ts")).readStdin(),
  // To load `node:tty` costs two thirds of a start.
  stdoutIsTerminal: async () => startSystem.stdoutMayBeTerminal() && (await import("node:tty")).isatty(1),
  stderrIsTerminal: async () => (await import("node:tty")).isatty(2),
  stderrText: (text) => {
    process.stderr.write(text);
  },
  replaceFile: async (path, text, mode) =>
    (await import("./files/replace-file.ts")).replaceFile(path, text, mode),
  reserveReplacement: async (path, bytes, mode) =>
    (await import("./files/reserve-replacement.ts")).reserveReplacement(path, bytes, mode),
  readBytes: async (path, pipe) => (await import("./files/files.ts")).readBytes(path, pipe),
  isReadableByOthers: async (path) => (await import("./files/files.ts")).isReadableByOthers(path),
  copyFile: async (from, to) => (await import("./files/replace-file.ts")).copyFile(from, to),
  removeFile: async (path) => (await import("./files/files.ts")).removeFile(path),
  listFolder: async (path) => (await import("./files/files.ts")).listFolder(path),
  makeFolder: async (path) => (await import("./files/files.ts")).makeFolder(path),
  restrictFolder: async (path) => (await import("./files/private-files.ts")).restrictFolder(path),
  checkFolder: async (path) => (await import("./files/private-files.ts")).checkFolder(path),
  withLock: async (path, waitMilliseconds, work, keepWaiting) =>
    (await import("./files/lock.ts")).withLock(path, waitMilliseconds, work, keepWaiting),
  serveCallback: async (answer, listening, opened) =>
    (await import("./servers/callback-server.ts")).serveCallback(answer, listening, opened),
  serveRequests: async (address, answer) =>
    (await import("./servers/request-server.ts")).serveRequests(address, answer),
  startInBackground: async (start) =>
    (await import("./processes/background-copy.ts")).startInBackground(start, environment()),
  receiveHandover: async () => (await import("./processes/background-copy.ts")).receiveHandover(),
  get processId() {
    return process.pid;
  },
  processMark: async (pid) =>
    (await import("./processes/process-mark.ts")).processMark(pid, process.platform),
  startingShell: async () =>
    (await import("./processes/process-mark.ts")).startingShell(process.ppid, process.platform),
  endProcess: async (pid) => (await import("./processes/endpoint-process.ts")).endProcess(pid),
  tellTerminalOf: async (pid, line) =>
    (await import("./processes/endpoint-process.ts")).tellTerminalOf(pid, line, process.platform),
  closeStdout: async () => (await import("./processes/endpoint-process.ts")).closeStdout(process.platform),
  endingSignal: async () => {
    const { heededSignals } = await import("./processes/heeded-signals.ts");
    return (await import("./processes/endpoint-process.ts")).endingSignal(await heededSignals());
  },
  windUp: async () => (await import("./processes/interrupt.ts")).windUp("SIGTERM"),
  stdinIsTerminal: async () => (await import("node:tty")).isatty(0),
  interruptible,
};
