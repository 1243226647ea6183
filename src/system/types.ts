/**
 * Everything outside the program, as types: the environment, the clock, files, the network, other programs.
 * `bun.ts` is the one real implementation; tests pass their own. Take the narrowest slice that does,
 * for example `Pick<System, "fetch" | "now">`.
 */

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
 * What becomes of mode, owner and group of a file that is replaced; a new one is for its owner alone in any case. `own`
 * is `owner-only` for the program's own files, where a symbolic link is replaced and not followed.
 */
export type FileMode = "owner-only" | "preserve" | "own";

/** Space that is held for a file; released just before the file is written. */
export interface Reservation {
  release(): Promise<void>;
}

/** How work under a lock ended; `busy` means that it never began, because another process kept the lock all along. */
export type Locked<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "busy" };

/** A request to the address that a browser comes back to. */
export interface CallbackRequest {
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  /** The Host header. */
  readonly host: string;
  /**
   * Whether a process of this user asks, as far as the platform tells: Linux does, and a connection that it does not list
   * counts as another user's.
   * To be asked before the answer leaves.
   */
  isOurs(): Promise<boolean>;
}

/** A page for the browser. With `result` the listener has what it was waiting for and closes. */
export interface CallbackResponse<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly result?: { readonly value: T };
}

/** Where and how long a loopback address waits; without `port` at any free one. */
export interface Listening {
  readonly timeoutMilliseconds: number;
  readonly port?: number;
}

/**
 * What a person pasted. `ended`: the caller no longer waits for it. `too-long`: the line was longer than it may be, and
 * all of it is dropped.
 */
export type Pasted =
  | { readonly kind: "pasted"; readonly text: string }
  | { readonly kind: "too-long" | "ended" | "no-terminal" };

export interface System {
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
  /** Resolves once a TCP connection to the address stands (and closes it); rejects when none can be made. */
  connect(hostname: string, port: number): Promise<void>;
  /**
   * The file's text, or undefined when there is no such file. Rejects with the system's error otherwise, when it is
   * longer than so many bytes (4 MiB unless said), when it is a pipe that has no writer after a second, and when its
   * content takes longer than ten.
   */
  readText(path: string, longest?: number): Promise<string | undefined>;
  /**
   * The same for a file in the program's own folder: rejects also unless it is a plain file of this
   * user's (a symbolic link is none) that no other user may write to; never waits for a pipe.
   */
  readOwn(path: string): Promise<string | undefined>;
  /**
   * Whether each of these is a file or folder of this user's, no symbolic link, that no other user may write to.
   * The first such look takes a third of a whole start.
   */
  areOwn(paths: readonly string[]): boolean;
  /**
   * The text of a file that is only ever replaced as a whole, at a tenth of the cost of `readText`; one that
   * another program shortens meanwhile ends this process. Undefined when there is none or it cannot be had that way (Windows).
   */
  readReplaced(path: string): string | undefined;
  /**
   * Tells the file's content from any other (`contentFingerprint`); a file that does not exist has a fingerprint too.
   * Undefined for what is no regular file, cannot be read, or is longer than 4 MiB. Throws nothing.
   */
  fileFingerprint(path: string): string | undefined;
  /**
   * The same for the cached answer alone, through a memory map: a tenth of the cost. A file that another program shortens
   * in the same tenth of a millisecond ends this process.
   */
  mappedFingerprint(path: string): string | undefined;
  workingDirectory(): string;
  /** When the file was written last, in milliseconds since the epoch; undefined when there is none. */
  writtenAt(path: string): number | undefined;
  /** The home directory, or undefined when nothing tells it. */
  home(): Promise<string | undefined>;
  /**
   * Writes all of it to stdout. Rejects with a Failure: of the kind `unread` when its reader has gone, else
   * `failed`.
   */
  stdout(text: string): Promise<unknown>;
  /** Writes one line to stderr; what could drive a terminal or forge a line is spelled out. */
  stderr(line: string): void;
  /** Asks on the controlling terminal, without echo; undefined when there is no terminal. */
  promptSecret(question: string): Promise<string | undefined>;
  /**
   * Asks on the controlling terminal for a line that a person pastes, without echo. It may have 65,536 characters; a
   * terminal's own line ends at 4,096 bytes. Empty lines are skipped. Stops asking when `until` is aborted. Rejects with
   * the Failure `interrupted` on Ctrl-C.
   */
  promptPaste(question: string, until: AbortSignal): Promise<Pasted>;
  /**
   * Runs a program with this program's streams and exactly `env`. On POSIX systems it takes the place of this one, and
   * the promise resolves only when it cannot be started; on Windows it is a child, and the promise resolves when it ends.
   */
  runProgram(argv: readonly string[], env: Environment): Promise<ProgramEnd>;
  /**
   * Runs a command line through the platform's shell (`/bin/sh -c`, `cmd.exe /d /s /c`) with this program's stdin and
   * exactly `env`, and gathers what it writes; where stderr is a terminal, the command writes to that itself. The
   * command's own end counts, not that of what it leaves running. It ends with this program. Rejects when there is no
   * shell, and with the Failure `interrupted` on Ctrl-C.
   */
  runHelper(command: string, env: Environment): Promise<HelperEnd>;
  /** How many of the processes above this one run the same executable; 0 where the system does not tell (Windows). */
  nestingDepth(): Promise<number>;
  /**
   * Starts a program that shows `url` to the person, the first that works; the URL stands in its argument list. Resolves
   * when it has run for two seconds or has ended well before; rejects with a Failure when none can be started or all fail.
   */
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
  /** Rejects with a Failure when there is surely no program that puts text on the clipboard. */
  checkClipboard(): Promise<void>;
  /** Puts the text on the clipboard, through a program's stdin. Rejects when there is no such program. */
  copyToClipboard(text: string): Promise<void>;
  /** So many random bytes, fit for secrets. */
  randomBytes(length: number): Uint8Array;
  /** All of stdin as text. Rejects with a Failure when it is longer than a token may be. */
  readStdin(): Promise<string>;
  stdoutIsTerminal(): Promise<boolean>;
  stderrIsTerminal(): Promise<boolean>;
  /** Writes the text to stderr as it stands, without a line end. */
  stderrText(text: string): void;
  /**
   * Makes the file or replaces its content, for its owner alone from the moment it exists. A reader sees the old
   * content or the new, whole, also after a crash. A symbolic link stays one, but for `own`. With the mode `preserve` the
   * file keeps its owner, group and mode, or is not replaced. Temporary files that killed writes of the file left behind
   * are removed; beside a JSON file, those of other JSON files too.
   */
  replaceFile(path: string, text: string, mode?: FileMode): Promise<void>;
  /**
   * Rejects when `replaceFile` would fail for a text of so many bytes: a read-only folder, a full disk, a file that is a
   * mount of its own. Until the reservation is released, a temporary file beside the file holds the space.
   */
  reserveReplacement(path: string, bytes: number, mode?: FileMode): Promise<Reservation>;
  /** The file's bytes, or undefined when there is no such file. Rejects otherwise, also for a pipe or a device. */
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** Whether the mode of an existing file lets its group or other users read it; false on Windows, which has no modes. */
  isReadableByOthers(path: string): Promise<boolean>;
  /**
   * Copies the file with its mode, and answers whether it did: false when there is something at `to` already. The copy
   * is there whole or not at all.
   */
  copyFile(from: string, to: string): Promise<boolean>;
  /** Does nothing when there is no such file. Temporary files that killed writes of it left behind are removed too. */
  removeFile(path: string): Promise<void>;
  /** The names of what is in the folder; none when there is no such folder, or something else in its place. */
  listFolder(path: string): Promise<readonly string[]>;
  /** Makes the folder and those above it that are missing, for their owner alone. What exists stays as it is. */
  makeFolder(path: string): Promise<void>;
  /**
   * Does the same for the program's own folder, and takes away what others may do in it. Rejects, and changes nothing,
   * for a symbolic link and for another user's folder; and for one that is open to others when that is meant so (a
   * sticky folder), when it holds what is not this program's, and when others could put something into it and did.
   */
  restrictFolder(path: string): Promise<void>;
  /** Rejects where `restrictFolder` does, and changes nothing; nothing is wrong with a folder that is not there. */
  checkFolder(path: string): Promise<void>;
  /**
   * Runs `work` while no other process holds the lock of this path, waiting for it as long as said. The lock ends with
   * its holder, however that ends. The path's folder must exist. `keepWaiting` is asked now and then while it waits;
   * false ends the waiting as if the time were over. Rejects at once on a file system without locks.
   */
  withLock<T>(
    path: string,
    waitMilliseconds: number,
    work: () => Promise<T>,
    keepWaiting?: () => Promise<boolean>,
  ): Promise<Locked<T>>;
  /**
   * Listens on a port of 127.0.0.1, calls `opened` with the port, and answers each request as `answer` says until one of
   * its answers has a result, or `opened` resolves to one. Resolves to that, or to undefined after the time; rejects when
   * `opened` does, and with a Failure when it cannot listen. Closed in every case.
   */
  serveCallback<T>(
    answer: (request: CallbackRequest) => Promise<CallbackResponse<T>>,
    listening: Listening,
    opened: (port: number) => Promise<{ readonly value: T } | undefined>,
  ): Promise<T | undefined>;
  /**
   * Does the work, but rejects with the Failure `interrupted` when the person presses Ctrl-C; of works within works the
   * innermost does. What is being written to a file is finished first, and nothing more is begun: the program is about
   * to end. A signal that was ignored when the program started stays ignored (Linux).
   */
  interruptible<T>(doing: string, work: () => Promise<T>): Promise<T>;
}
