/**
 * Everything outside the program, as types: the environment, the clock, files, the network, other programs.
 * `system-real.ts` is the one real implementation; tests pass their own. Take the narrowest slice that does,
 * for example `Pick<System, "fetch" | "now">`.
 */

export type Environment = Readonly<Record<string, string | undefined>>;

/** The part of `fetch` that the program uses. A redirect is always left to the caller. */
export interface FetchRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** URL of an HTTP proxy; absent means a direct connection, whatever the environment says. */
  readonly proxy?: string;
  /** PEM certificates that replace the default roots. */
  readonly ca?: string;
  readonly signal?: AbortSignal;
}

/** How a child process ended. `not-found` and `not-executable` mean that it never started. */
export type ChildEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: number }
  | { readonly kind: "not-found" }
  | { readonly kind: "not-executable"; readonly reason: string };

export interface System {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** A signal that aborts after so many milliseconds and does not keep the program alive meanwhile. */
  deadline(milliseconds: number): AbortSignal;
  /** A number in [0, 1), for backoff. Not for secrets. */
  random(): number;
  /** Never follows a redirect and always verifies TLS. Rejects as `fetch` does. */
  fetch(url: string, request: FetchRequest): Promise<Response>;
  /** Resolves once a TCP connection to the address stands (and closes it); rejects when none can be made. */
  connect(hostname: string, port: number): Promise<void>;
  /** The file's text, or undefined when there is no such file. Rejects with the system's error otherwise. */
  readText(path: string): Promise<string | undefined>;
  /** The home directory, or undefined when nothing tells it. */
  home(): Promise<string | undefined>;
  /** Writes all of it to stdout. Rejects with the system's error (`EPIPE`, `ENOSPC`). */
  stdout(text: string): Promise<void>;
  /** Writes one line to stderr. */
  stderr(line: string): void;
  /** Asks on the controlling terminal, without echo; undefined when there is no terminal. */
  promptSecret(question: string): Promise<string | undefined>;
  /** Runs a program with this program's streams and exactly `env`, passing signals on, until it ends. */
  runChild(argv: readonly string[], env: Environment): Promise<ChildEnd>;
  /** Starts the program that shows `url` to the person; the URL stands in its argument list. */
  openBrowser(url: string): Promise<void>;
  /**
   * Serves one redirect to `target` on a one-time loopback address, calls `opened` with that address, and
   * resolves true when the target was fetched, or false after `timeoutMilliseconds`.
   */
  redirectOnce(
    target: string,
    timeoutMilliseconds: number,
    opened: (address: string) => Promise<void>,
  ): Promise<boolean>;
  /** Puts the text on the clipboard, through a program's stdin. Rejects when there is no such program. */
  copyToClipboard(text: string): Promise<void>;
}
