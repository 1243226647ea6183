/**
 * A System without an outside. Time passes only when something waits for it, requests meet what the test expects, and
 * an outside call that the test did not prepare fails the test, also when the program swallows the error.
 */
import { onTestFinished } from "bun:test";
import type {
  BrowserProfile,
  Environment,
  FetchRequest,
  ProgramEnd,
  System,
} from "../../src/system/types.ts";

export interface SeenRequest extends FetchRequest {
  readonly url: string;
}

/** What answers a request: a response, a rejection, or a function for what depends on it. */
export type Reply = Response | Error | ((request: SeenRequest) => Response | Promise<Response>);

export interface FakeSetup {
  readonly env?: Environment;
  readonly platform?: NodeJS.Platform;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly random?: number;
  /** By path; an Error is what reading it ends with. */
  readonly files?: Readonly<Record<string, string | Error>>;
  readonly home?: string;
  /** What the person types, one answer for each question; undefined stands for a missing terminal. */
  readonly typed?: readonly (string | undefined)[];
  readonly child?: ProgramEnd;
  /** How a connection of one's own goes; `never` leaves it open for ever. */
  readonly connecting?: "made" | "never" | Error;
  /** Whether the browser comes for the one-time address. */
  readonly browserComes?: boolean;
  /** Parts to put in the place of these. */
  readonly instead?: Partial<System>;
}

export interface FakeSystem extends System {
  /** Expects the request as the next one, to exactly this URL. */
  expect(method: FetchRequest["method"], url: string, reply: Reply): void;
  /** Lets time pass, and with it whatever falls due. */
  advance(milliseconds: number): Promise<void>;
  /** A reply that never comes: time passes until the request is given up. */
  readonly silence: (request: SeenRequest) => Promise<Response>;
  /** What happened, in order. */
  readonly requests: readonly SeenRequest[];
  readonly sleeps: readonly number[];
  readonly connections: readonly string[];
  /** The origins to which connections for later requests were opened, each with its certificates. */
  readonly openedEarly: readonly string[];
  readonly questions: readonly string[];
  readonly children: readonly { readonly argv: readonly string[]; readonly env: Environment }[];
  readonly opened: readonly string[];
  /** The parts of a browser that were asked for. */
  readonly profiles: readonly BrowserProfile[];
  readonly redirected: readonly string[];
  readonly copied: readonly string[];
  readonly stdoutTexts: readonly string[];
  readonly stderrLines: readonly string[];
}

interface Deadline {
  readonly at: number;
  readonly controller: AbortController;
}

/** 31 January 2030, noon UTC. */
export const noon = Date.UTC(2030, 0, 31, 12);

/** For use inside a test: when that has run, what went wrong or was not used fails it. */
export function fakeSystem(setup: FakeSetup = {}): FakeSystem {
  const expected: { readonly what: string; readonly reply: Reply }[] = [];
  const problems: string[] = [];
  const typed = [...(setup.typed ?? [])];
  const requests: SeenRequest[] = [];
  const sleeps: number[] = [];
  const [connections, openedEarly, questions]: [string[], string[], string[]] = [[], [], []];
  const children: { argv: readonly string[]; env: Environment }[] = [];
  const [opened, redirected, copied]: [string[], string[], string[]] = [[], [], []];
  const [stdoutTexts, stderrLines]: [string[], string[]] = [[], []];
  const profiles: BrowserProfile[] = [];
  const deadlines: Deadline[] = [];
  let time = setup.now ?? noon;

  onTestFinished(() => {
    for (const { what } of expected) problems.push(`the request ${what} was expected and did not come`);
    for (const _ of typed) problems.push("an answer was typed that was not asked for");
    if (problems.length > 0) throw new Error(problems.join("\n"));
  });
  const unexpected = (what: string): never => {
    problems.push(`${what}: unexpected`);
    throw new Error(problems.at(-1));
  };
  const nextDue = () => deadlines.toSorted((one, other) => one.at - other.at)[0];

  async function advance(milliseconds: number): Promise<void> {
    const end = time + milliseconds;
    for (let due = nextDue(); due !== undefined && due.at <= end; due = nextDue()) {
      time = Math.max(time, due.at);
      deadlines.splice(deadlines.indexOf(due), 1);
      due.controller.abort(new DOMException("The operation timed out.", "TimeoutError"));
      await settle();
    }
    time = end;
    await settle();
  }

  async function silence({ signal }: SeenRequest): Promise<Response> {
    while (!signal?.aborted) {
      const due = nextDue();
      if (due === undefined) return unexpected("a silence without end");
      await advance(due.at - time);
    }
    throw signal.reason;
  }

  return {
    env: setup.env ?? {},
    platform: setup.platform ?? "linux",
    now: () => time,
    startedAt: () => setup.now ?? noon,
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      await advance(milliseconds);
    },
    deadline: (milliseconds) => {
      const controller = new AbortController();
      deadlines.push({ at: time + milliseconds, controller });
      return controller.signal;
    },
    random: () => setup.random ?? 0.5,
    fetch: async (url, request) => {
      const seen = { ...request, url };
      requests.push(seen);
      const what = `${request.method} ${url}`;
      const next = expected.shift();
      if (next?.what !== what) return unexpected(`the request ${what} (next is ${next?.what ?? "none"})`);
      if (next.reply instanceof Error) throw next.reply;
      return next.reply instanceof Response ? next.reply : await next.reply(seen);
    },
    openConnection: async (origin, { ca }) => {
      openedEarly.push(ca === undefined ? origin : `${origin} ${ca}`);
    },
    connect: async (hostname, port) => {
      connections.push(`${hostname} ${port}`);
      const { connecting = unexpected(`a connection to ${hostname} ${port}`) } = setup;
      if (connecting instanceof Error) throw connecting;
      if (connecting === "never") await new Promise(() => {});
    },
    readText: async (path) => {
      const file = setup.files?.[path];
      if (file instanceof Error) throw file;
      return file;
    },
    readOwn: async (path) => unexpected(`reading the own file ${path}`),
    isOpenToOthers: () => undefined,
    areOwn: (paths) => unexpected(`asking whose ${paths.join(", ")} are`),
    readMapped: (path) => unexpected(`reading ${path} by a map`),
    readReplaced: (path) => unexpected(`reading the replaced file ${path}`),
    mappedFingerprint: (path) => unexpected(`mapping ${path}`),
    fileFingerprint: (path) => unexpected(`taking the fingerprint of ${path}`),
    writtenAt: (path) => unexpected(`asking when ${path} was written`),
    workingDirectory: () => "/work",
    home: async () => setup.home,
    stdout: async (text) => {
      stdoutTexts.push(text);
    },
    stderr: (line) => {
      stderrLines.push(line);
    },
    onScreen: async () => undefined,
    promptLine: async () => undefined,
    promptSecret: async (question) => {
      questions.push(question);
      return typed.length > 0 ? typed.shift() : unexpected(`the question "${question}"`);
    },
    promptPaste: async (question) => unexpected(`the question "${question}"`),
    runProgram: async (argv, env) => {
      children.push({ argv, env });
      return setup.child ?? unexpected(`the program ${argv.join(" ")}`);
    },
    openBrowser: async (url, profile) => {
      opened.push(url);
      if (profile !== undefined) profiles.push(profile);
    },
    redirectOnce: async (target, timeoutMilliseconds, whenOpen) => {
      redirected.push(target);
      await whenOpen("http://127.0.0.1:49152/one-time");
      const { browserComes = unexpected("a redirect") } = setup;
      if (!browserComes) await advance(timeoutMilliseconds);
      return browserComes;
    },
    checkClipboard: async () => {},
    copyToClipboard: async (text) => {
      copied.push(text);
    },
    runHelper: async () => unexpected("runHelper"),
    nestingDepth: async () => 0,
    randomBytes: () => unexpected("randomBytes"),
    keyStore: {
      read: async () => unexpected("reading the key store"),
      write: async () => unexpected("writing to the key store"),
      remove: async () => unexpected("removing from the key store"),
    },
    readStdin: async () => unexpected("readStdin"),
    stdoutIsTerminal: async () => false,
    stdoutMayBeTerminal: () => false,
    stderrIsTerminal: async () => false,
    stderrText: (text) => unexpected(`the text ${JSON.stringify(text)} on stderr`),
    replaceFile: async (path) => unexpected(`writing ${path}`),
    reserveReplacement: async (path) => unexpected(`reserving space for ${path}`),
    isReadableByOthers: async (path) => unexpected(`asking who can read ${path}`),
    readBytes: async (path) => unexpected(`reading the bytes of ${path}`),
    copyFile: async (from) => unexpected(`copying ${from}`),
    removeFile: async (path) => unexpected(`removing ${path}`),
    listFolder: async (path) => unexpected(`listing ${path}`),
    makeFolder: async (path) => unexpected(`making ${path}`),
    restrictFolder: async (path) => unexpected(`narrowing ${path}`),
    checkFolder: async (path) => unexpected(`checking ${path}`),
    withLock: async (path) => unexpected(`locking ${path}`),
    serveCallback: async () => unexpected("serveCallback"),
    interruptible: (_doing, work) => work(),
    serveRequests: async ({ hostname, port }) => unexpected(`serving ${hostname}:${port}`),
    startInBackground: async ({ word }) => unexpected(`a copy for ${word} in the background`),
    receiveHandover: async () => unexpected("receiveHandover"),
    processId: 4711,
    processMark: async (pid) => unexpected(`asking when process ${pid} began`),
    startingShell: async () => unexpected("startingShell"),
    tellTerminalOf: async (pid) => unexpected(`writing to the terminal of process ${pid}`),
    closeStdout: async () => unexpected("closeStdout"),
    endProcess: async (pid) => unexpected(`ending the process ${pid}`),
    endingSignal: () => new Promise(() => {}),
    windUp: async () => {},
    stdinIsTerminal: async () => false,
    ...setup.instead,
    expect: (method, url, reply) => {
      expected.push({ what: `${method} ${url}`, reply });
    },
    advance,
    silence,
    ...{ requests, sleeps, connections, openedEarly, questions, children },
    ...{ opened, profiles, redirected, copied, stdoutTexts, stderrLines },
  };
}

/** Lets everything go on that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await undefined;
}
