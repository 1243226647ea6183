/** A connection to a browser by the DevTools protocol. */

export interface DevTools {
  /**
   * Sends a command, to the browser itself or to the page of `session`, and answers its result. Rejects with an Error
   * whose cause is the protocol's error object.
   */
  send(method: string, parameters?: Readonly<Record<string, unknown>>, session?: string): Promise<Result>;
  close(): void;
}

export type Result = ReadonlyMap<string, unknown>;

interface Waiting {
  readonly method: string;
  resolve(result: Result): void;
  reject(problem: Error): void;
}

/** Connects to the address that the browser gave. */
export async function connectDevTools(url: string): Promise<DevTools> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = members(JSON.parse(String(data)));
    const id = message.get("id");
    const asked = typeof id === "number" ? waiting.get(id) : undefined;
    if (typeof id !== "number" || asked === undefined) return;
    waiting.delete(id);
    const error = message.get("error");
    if (error === undefined) asked.resolve(members(message.get("result")));
    else asked.reject(new Error(`${asked.method}: ${JSON.stringify(error)}`, { cause: error }));
  });
  socket.addEventListener("close", () => {
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the browser went away`));
    waiting.clear();
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error(`cannot connect to ${url}`)));
  });
  return {
    send: (method, parameters = {}, sessionId = undefined) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { method, resolve, reject });
        socket.send(JSON.stringify({ id, method, params: parameters, sessionId }));
      }),
    close: () => socket.close(),
  };
}

/** What the browser answers to a command when the page that it was for is replaced before the command is done. */
const REPLACED: ReadonlySet<unknown> = new Set([
  "Inspected target navigated or closed",
  "Execution context was destroyed.",
  "Cannot find default execution context",
]);

/** Whether a command failed because its page was navigating. The protocol has one code for all of its errors. */
export function wasReplaced(problem: unknown): boolean {
  return problem instanceof Error && REPLACED.has(members(problem.cause).get("message"));
}

/** The members of a JSON object; none for anything else. */
export function members(value: unknown): Result {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}
