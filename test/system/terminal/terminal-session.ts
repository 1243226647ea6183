/** A program with a terminal of its own, as a person would sit before it. */
export interface TerminalSession extends AsyncDisposable {
  type(keys: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves when the terminal has shown this text since it last was waited for. */
  shows(text: string): Promise<void>;
  /** Everything shown so far. */
  text(): string;
  resize(size: TerminalSize): void;
  /** Takes the terminal away, as closing its window does. */
  hangUp(): void;
  /** Whether the terminal repeats what is typed. */
  echoes(): boolean;
  /** All flags of its settings, termios(3). */
  modes(): readonly number[];
  readonly pid: number;
  readonly exited: Promise<number>;
}

/** The bit of `c_lflag` (termios(3)) that makes a terminal repeat what is typed. */
const ECHO = 8;

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** Wide enough that no line of a message wraps. */
const WIDE: TerminalSize = { cols: 400, rows: 24 };

/** Starts the program with exactly `env`, members that are undefined left out. */
export function openTerminal(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  size: TerminalSize = WIDE,
): TerminalSession {
  const decoder = new TextDecoder();
  let shown = "";
  let from = 0;
  let waiting: { text: string; resolve: () => void } | undefined;
  const look = () => {
    if (waiting === undefined) return;
    const at = shown.indexOf(waiting.text, from);
    if (at < 0) return;
    from = at + waiting.text.length;
    waiting.resolve();
    waiting = undefined;
  };
  const child = Bun.spawn([...argv], {
    env: { ...env },
    // Only a terminal made by the call itself becomes the program's controlling terminal.
    terminal: {
      ...size,
      data: (_, bytes) => {
        shown += decoder.decode(bytes, { stream: true });
        look();
      },
    },
  });
  const terminal = child.terminal;
  if (terminal === undefined) throw new Error("the program has no terminal");
  return {
    type: (keys) => terminal.write(keys),
    shows: (text) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = { text, resolve };
      look();
      return promise;
    },
    text: () => shown,
    resize: ({ cols, rows }) => terminal.resize(cols, rows),
    hangUp: () => terminal.close(),
    echoes: () => (terminal.localFlags & ECHO) !== 0,
    modes: () => [terminal.inputFlags, terminal.outputFlags, terminal.controlFlags, terminal.localFlags],
    pid: child.pid,
    exited: child.exited,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.exited;
      if (!terminal.closed) terminal.close();
    },
  };
}
