/**
 * The real outside world. What a cached answer needs stands here and touches few built-ins; the dear parts are
 * files of `real/`, loaded when first used.
 */
import type { FetchRequest, System } from "./system.ts";

/**
 * A copy of the environment as the program found it. The runtime's own proxy variables are taken out of the
 * live one, because `fetch` would obey them for every address, instance metadata included.
 */
const environment = { ...process.env };
for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"]) {
  delete process.env[name];
}

export const realSystem: System = {
  env: environment,
  platform: process.platform,
  now: () => Date.now(),
  sleep: (milliseconds) => Bun.sleep(milliseconds),
  deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
  random: () => Math.random(),
  fetch: (url: string, request: FetchRequest) =>
    fetch(url, {
      method: request.method,
      headers: request.headers,
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
    }),
  connect: async (hostname, port) => {
    const socket = await Bun.connect({ hostname, port, socket: { data() {} } });
    socket.end();
  },
  readText: async (path) => {
    try {
      return await Bun.file(path).text();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  home: async () => {
    const { homedir } = await import("node:os");
    return homedir() || undefined;
  },
  stdout: async (text) => {
    await Bun.write(Bun.stdout, text);
  },
  stderr: (line) => {
    // biome-ignore lint/suspicious/noConsole: the one place that writes to stderr, at no cost to start-up
    console.error(line);
  },
  promptSecret: async (question) => (await import("./real/terminal.ts")).promptSecret(question),
  runChild: async (argv, env) => (await import("./real/child.ts")).runChild(argv, env, process.platform),
  openBrowser: async (url) =>
    (await import("./real/browser.ts")).openBrowser(url, environment, process.platform),
  redirectOnce: async (target, timeoutMilliseconds, opened) =>
    (await import("./real/redirect-once.ts")).redirectOnce(target, timeoutMilliseconds, opened),
  copyToClipboard: async (text) =>
    (await import("./real/clipboard.ts")).copyToClipboard(text, environment, process.platform),
};

function isMissing(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  return error.code === "ENOENT" || error.code === "ENOTDIR";
}
