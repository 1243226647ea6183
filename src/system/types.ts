/**
 * Everything outside the program, as types: the environment, the clock, files, the network, other programs.
 * `bun.ts` is the one real implementation; tests pass their own. A function takes the narrowest slice that it needs, for
 * example `Pick<System, "fetch" | "now">`.
 */
import type { KeyStore } from "../lib/key-store.ts";
import type { EndpointSystem } from "./endpoint-types.ts";
import type { CallbackRequest, CallbackResponse, Listening, Pasted } from "./servers/callback-types.ts";
import type { Screen } from "./terminal/screen-types.ts";

export type { CallbackRequest, CallbackResponse, Listening, Pasted } from "./servers/callback-types.ts";
export type { Screen, ScreenEvent } from "./terminal/screen-types.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The part of `fetch` that the program uses. A redirect is always left to the caller. */
export interface FetchRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** URL of an HTTP proxy; absent means a direct connection, whatever the environment says. */
  readonly proxy?: string;
  /** PEM certificates that replace the default roots. */
  readonly ca?: string;
  readonly signal?: AbortSignal;
  /** `new`: the request takes no connection that was kept open, and its own is closed after it. */
  readonly connection?: "new";
}

/** How a connection is opened for a later request. */
export interface ConnectionSettings {
  /** PEM certificates that replace the default roots. */
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
}

/** How a child process ended. `not-found` and `not-executable` mean that it never started. */
export type ProgramEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: number }
  | { readonly kind: "not-found" }
  | { readonly kind: "not-executable"; readonly reason: string; readonly hint?: string };

/** How a helper ended and what it wrote, as UTF-8; a stream is undefined when it was flooded. */
export interface HelperEnd {
  /** Undefined when a signal ended it. */
  readonly status: number | undefined;
  /** The signal's name, such as SIGTERM. */
  readonly signal: string | undefined;
  readonly stdout: string | undefined;
  readonly stderr: string | undefined;
}

/**
 * The mode of a replaced file. `owner-only` closes it to others; `preserve` keeps mode, owner and group of an existing
 * file; `own`, for the program's own files, is `owner-only` and replaces a symbolic link instead of following it. A new
 * file is for its owner alone in any case.
 */
export type FileMode = "owner-only" | "preserve" | "own";

/** Space that is reserved for a file; the caller releases it just before it writes the file. */
export interface Reservation {
  release(): Promise<void>;
}

/** How work under a lock ended; `busy` means that it never began, because another process had the lock all the time. */
export type Locked<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "busy" };

/** The part of a browser that a page opens in, with cookies of its own. */
export type BrowserProfile =
  | { readonly kind: "firefox-container"; readonly name: string }
  /** `programs` are those of the browser that has the profile, for where `BROWSER` names none. */
  | { readonly kind: "chrome-profile"; readonly directory: string; readonly programs: readonly string[] };

export interface System extends EndpointSystem {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Milliseconds since the epoch. */
  now(): number;
  /** When this process began, in milliseconds since the epoch. */
  startedAt(): number;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** A signal that aborts after so many milliseconds and does not keep the program alive meanwhile. */
  deadline(milliseconds: number): AbortSignal;
  /** A number in [0, 1), for backoff. Not for secrets. */
  random(): number;
  /** Never follows a redirect and always verifies TLS. Rejects as `fetch` does. */
  fetch(url: string, request: FetchRequest): Promise<Response>;
  /**
   * Opens a connection to the origin (`https://host`) that the next `fetch` to it with the same certificates uses. Resolves
   * when it is open; rejects as `fetch` does.
   */
  openConnection(origin: string, settings: ConnectionSettings): Promise<void>;
  /** Makes a TCP connection to the address and closes it; rejects when that fails. */
  connect(hostname: string, port: number): Promise<void>;
  /**
   * The file's text, or undefined when there is no such file. Rejects with the system's error otherwise, when the file is
   * longer than `longest` bytes (4 MiB by default), when it is a pipe that has no writer after one second, and when its
   * content takes longer than ten seconds.
   */
  readText(path: string, longest?: number): Promise<string | undefined>;
  /**
   * The same for a file in the program's own folder. Rejects also unless it is a regular file of this user's (a symbolic
   * link is none) that no other user may write to; does not wait for a pipe.
   */
  readOwn(path: string): Promise<string | undefined>;
  /** Whether each is this user's file or folder, no link, that no other may write to. The first call is slow. */
  areOwn(paths: readonly string[]): boolean;
  /** Whether others may use the file; undefined without one and on Windows. */
  isOpenToOthers(path: string): boolean | undefined;
  /**
   * The text of a file that is only ever replaced as a whole, at a tenth of the cost of `readText`; a file that another
   * program shortens meanwhile ends this process. Undefined when there is none or it cannot be mapped (Windows).
   */
  readReplaced(path: string): string | undefined;
  /**
   * The text of a plain file of up to 4 MiB, "" where there is no file, at a tenth of the cost of `readText`; a file that
   * another program shortens meanwhile ends this process. Undefined where only `readText` can tell: what is not a plain
   * file, cannot be mapped (an empty or read-only file, Windows), or is not UTF-8. Never throws.
   */
  readMapped(path: string): string | undefined;
  /**
   * The fingerprint of the file's content (`contentFingerprint`); a file that does not exist has one too. Undefined for a
   * file that is not regular, cannot be read, or is longer than 4 MiB. Never throws.
   */
  fileFingerprint(path: string): string | undefined;
  /**
   * The same for a cached answer alone, through a memory map: a tenth of the cost. A file that another program shortens
   * in the same tenth of a millisecond ends this process.
   */
  mappedFingerprint(path: string): string | undefined;
  workingDirectory(): string;
  /** When the file was written last, in milliseconds since the epoch; undefined when there is none. */
  writtenAt(path: string): number | undefined;
  /** The home directory, or undefined when it is unknown. */
  home(): Promise<string | undefined>;
  /** Writes all of it to stdout. Rejects with a Failure: of the kind `unread` when its reader has gone, else `failed`. */
  stdout(text: string): Promise<unknown>;
  /** Writes one line to stderr; characters that control a terminal or end a line are spelled out. */
  stderr(line: string): void;
  /** Does the work with the controlling terminal as a screen; undefined without one, and on Windows. */
  onScreen<T>(work: (screen: Screen) => Promise<T>): Promise<T | undefined>;
  /** Shows the text on the controlling terminal and resolves to the line typed there; undefined without a terminal. */
  promptLine(text: string): Promise<string | undefined>;
  /** Asks on the controlling terminal, without echo; undefined when there is no terminal. */
  promptSecret(question: string): Promise<string | undefined>;
  /**
   * Asks on the controlling terminal for a line of up to 65,536 characters (a terminal's own ends at 4,096 bytes), without
   * echo, until `until` is aborted. Empty lines are skipped. Rejects with the Failure `interrupted` on Ctrl-C.
   */
  promptPaste(question: string, until: AbortSignal): Promise<Pasted>;
  /**
   * Runs a program with this program's streams and exactly `env`. On POSIX systems it takes the place of this one, and
   * the promise resolves only when it cannot be started; on Windows it is a child, and the promise resolves when it ends.
   */
  runProgram(argv: readonly string[], env: Environment, inherits?: "streams" | "pipe"): Promise<ProgramEnd>;
  /**
   * Runs a command line through the platform's shell (`/bin/sh -c`, `cmd.exe /d /s /c`) with this program's stdin and
   * exactly `env`, and gathers what it writes; where stderr is a terminal, the command writes to it directly. Resolves when
   * the command itself ends, whatever it leaves running. An interruption of this program ends the command too. Rejects with
   * an Error that says what failed when there is no shell or the output cannot be read, and with the Failure `interrupted`
   * on Ctrl-C.
   */
  runHelper(command: string, env: Environment): Promise<HelperEnd>;
  /** How many of the processes above this one run the same executable; 0 where the system does not tell (Windows). */
  nestingDepth(): Promise<number>;
  /**
   * Starts a program that shows `url` to the user, the first that works; the URL is in its argument list. Resolves when the
   * program has run for two seconds or has succeeded before; rejects with a Failure when none can be started or all fail.
   */
  openBrowser(url: string, profile?: BrowserProfile): Promise<void>;
  /**
   * Serves one redirect to `target` on a one-time loopback address, calls `opened` with that address, and
   * resolves true when the address was fetched, or false after `timeoutMilliseconds`.
   */
  redirectOnce(
    target: string,
    timeoutMilliseconds: number,
    opened: (address: string) => Promise<void>,
  ): Promise<boolean>;
  /** Rejects with a Failure when there is certainly no program that puts text on the clipboard. */
  checkClipboard(): Promise<void>;
  /** Puts the text on the clipboard, through a program's stdin. Rejects when there is no such program. */
  copyToClipboard(text: string): Promise<void>;
  readonly keyStore: KeyStore;
  /** `length` random bytes, fit for secrets. */
  randomBytes(length: number): Uint8Array;
  /** All of stdin as text. Rejects with a Failure when it is longer than a token may be. */
  readStdin(): Promise<string>;
  /** Writes the text to stderr unchanged, without a line end. */
  stderrText(text: string): void;
  /**
   * Makes the file or replaces its content, for its owner alone from the moment it exists. A reader sees the old
   * content or the new, whole, also after a crash. A symbolic link stays one, but for `own`. With the mode `preserve` the
   * file keeps its owner, group and mode, or is not replaced. Temporary files that killed writes of the file left behind
   * are removed; beside a JSON file, those of other JSON files too.
   */
  replaceFile(path: string, text: string, mode?: FileMode): Promise<void>;
  /**
   * Rejects when `replaceFile` would fail for a text of `bytes` bytes: a read-only folder, a full disk, a file that is a
   * mount of its own. Until the reservation is released, a temporary file beside the file takes the space.
   */
  reserveReplacement(path: string, bytes: number, mode?: FileMode): Promise<Reservation>;
  /**
   * The file's bytes, or undefined when there is no such file. Rejects otherwise, also for a device, and for a pipe unless
   * `pipe` is "read": then its content, which must end within two minutes, is the same at each call of this process.
   */
  readBytes(path: string, pipe?: "read"): Promise<Uint8Array | undefined>;
  /** Whether the mode of an existing file lets its group or other users read it; false on Windows, which has no modes. */
  isReadableByOthers(path: string): Promise<boolean>;
  /** Copies the file with its mode, whole or not at all. Resolves false, and copies nothing, when `to` exists already. */
  copyFile(from: string, to: string): Promise<boolean>;
  /** Does nothing when there is no such file. Temporary files that killed writes of it left behind are removed too. */
  removeFile(path: string): Promise<void>;
  /** The names of the files and folders in the folder; none when the path does not exist or is not a folder. */
  listFolder(path: string): Promise<readonly string[]>;
  /** Makes the folder and those above it that are missing, for their owner alone. Existing ones stay unchanged. */
  makeFolder(path: string): Promise<void>;
  /**
   * Does the same for the program's own folder, and takes away the rights of others. Rejects, and changes nothing, for a
   * symbolic link and for another user's folder. Rejects also for a folder that is open to others when it is meant for
   * them (a sticky folder), when it holds files of other programs, and when others could put files into it and did.
   */
  restrictFolder(path: string): Promise<void>;
  /** Rejects where `restrictFolder` does, and changes nothing. Resolves when the folder does not exist. */
  checkFolder(path: string): Promise<void>;
  /**
   * Runs `work` while no other process has the lock of this path, after waiting for it for up to `waitMilliseconds`. The
   * system releases the lock of a process that ends, killed or not. The path's folder must exist. `keepWaiting` is called
   * at intervals during the wait; false ends the wait as if the time were over. Rejects at once on a file system without
   * locks.
   */
  withLock<T>(
    path: string,
    waitMilliseconds: number,
    work: () => Promise<T>,
    keepWaiting?: () => Promise<boolean>,
  ): Promise<Locked<T>>;
  /**
   * Listens on a port of 127.0.0.1, calls `opened` with the port, and sends the responses that `respond` makes until one has
   * a result, or `opened` resolves to one. Resolves to that, or to undefined after `timeoutMilliseconds`; rejects when
   * `opened` does, and with a Failure when it cannot listen. The port is closed in every case.
   */
  serveCallback<T>(
    respond: (request: CallbackRequest) => Promise<CallbackResponse<T>>,
    listening: Listening,
    opened: (port: number) => Promise<{ readonly value: T } | undefined>,
  ): Promise<T | undefined>;
  /**
   * Does the work, but rejects with the Failure `interrupted` when the user presses Ctrl-C; of nested calls, the innermost
   * rejects. Writes to files that have begun are finished first, and no more begin, because the program is about to end. A
   * signal that was ignored when the program started stays ignored (Linux).
   */
  interruptible<T>(doing: string, work: () => Promise<T>): Promise<T>;
}
