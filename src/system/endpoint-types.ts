/** The part of the outside world that credential endpoints need, and which streams are terminals. */

/** A request to a server of this program. */
export interface ServedRequest {
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  /** The value of a header, whose name is given in lower case. */
  header(name: string): string | undefined;
  /** Whether a process of this user, or of root, sent it. Linux tells; elsewhere every process counts as this user's. */
  isOurs(): Promise<boolean>;
}

export interface ServedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ServedAddress {
  /** An IP address of this machine. */
  readonly hostname: string;
  /** 0 for a free one. */
  readonly port: number;
}

export interface RequestServer {
  readonly port: number;
  /** Ends all connections. */
  stop(): Promise<void>;
}

/** What a copy of this program in the background is started for. */
export interface BackgroundStart {
  /** The one word of its command line, which is no secret. */
  readonly word: string;
  /** `program`: the program that takes this process's place inherits an open pipe, and the copy sees when it is closed. */
  readonly follows: "program" | "nothing";
}

/** A copy of this program, as the process sees it that started it. */
export interface BackgroundCopy {
  /** Hands the text over, through a pipe, once. Rejects with the system's EPIPE when the copy ended before it read all. */
  give(text: string): Promise<void>;
  /** The first line that the copy writes to its stdout; undefined when it ends without one. */
  firstLine(): Promise<string | undefined>;
}

/** The same, as the copy sees it. */
export interface Handover {
  /** Cut off, or undefined, when the process that started the copy ended first. */
  readonly text: string | undefined;
  /** False from the moment at which no process has the pipe open any more. */
  isPipeOpen(): boolean;
}

export type EndingSignalName = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface EndpointSystem {
  /** Answers requests until it is stopped. Rejects with the system's error when the address cannot be had. */
  serveRequests(
    address: ServedAddress,
    answer: (request: ServedRequest) => Promise<ServedResponse>,
  ): Promise<RequestServer>;
  /**
   * Starts a copy of this program that is no child of it, has no terminal, and goes on when this process ends (POSIX).
   * The copy's environment has no AWS keys or tokens.
   */
  startInBackground(start: BackgroundStart): Promise<BackgroundCopy>;
  /** In such a copy: what the process that started it hands over. */
  receiveHandover(): Promise<Handover>;
  readonly processId: number;
  /** Tells a process from a later one of the same id; undefined when there is no such process. */
  processMark(pid: number): Promise<string | undefined>;
  /** The shell that started this process, without the subshells of `$(…)` between them. */
  startingShell(): Promise<number>;
  /** Asks the process to end, as `kill` does. One that has ended already is no error. */
  endProcess(pid: number): Promise<void>;
  /** Writes a line to the controlling terminal of the process; false when it has none. */
  tellTerminalOf(pid: number, line: string): Promise<boolean>;
  /** Ends stdout for its reader. */
  closeStdout(): Promise<void>;
  /** Resolves at the first signal that asks this process to end. One that it inherited as ignored stays ignored. */
  endingSignal(): Promise<EndingSignalName>;
  /**
   * Ends the commands of `runHelper`, and resolves when they have ended and all begun writes are finished. No write begins
   * any more, because this process is about to end.
   */
  windUp(): Promise<void>;
  stdinIsTerminal(): Promise<boolean>;
  stdoutIsTerminal(): Promise<boolean>;
  /** False only where stdout is no terminal; told without the cost of `stdoutIsTerminal`. */
  stdoutMayBeTerminal(): boolean;
  stderrIsTerminal(): Promise<boolean>;
}
