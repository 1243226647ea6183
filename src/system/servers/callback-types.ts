/** What a browser asks when it comes back, what it gets, and what a person pastes in its place. Types only. */

/** A request to the loopback address to which the browser is redirected. */
export interface CallbackRequest {
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  /** The Host header. */
  readonly host: string;
  /**
   * Whether a process of this user made the request. Linux tells the owner of a connection, and one that it does not list
   * counts as another user's; elsewhere this is true of every request. Call it before the response leaves.
   */
  isOurs(): Promise<boolean>;
}

/** A page for the browser. A `result` is what the server was waiting for, and closes it. */
export interface CallbackResponse<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly result?: { readonly value: T };
}

/** Where and how long a loopback address waits; without `port` at a free one. */
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
