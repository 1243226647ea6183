/** How long one attempt at a request may take, with and without a connection. */
import type { System } from "../../system/types.ts";

/** An attempt without a connection ends after this many milliseconds. */
const connectMilliseconds = 5_000;
/** An attempt without a whole response ends after this many milliseconds. */
const responseMilliseconds = 30_000;
/** An attempt that is this many milliseconds old without a response is checked for a connection. */
const checkMilliseconds = 2_500;

export interface ConnectionWatch {
  readonly signal: AbortSignal;
  /** To be called when the response has begun. */
  connected(): void;
  /** What the attempt waited for when a timeout ended it; undefined when none did. */
  stopped(): "connecting" | "responding" | undefined;
  end(): void;
}

/**
 * `fetch` does not say whether it has a connection yet. An attempt without a response after a while is therefore
 * checked with a connection of our own to the same address: if that is not made either by the time the limit is
 * reached, the attempt ends; otherwise it has until the limit for responses.
 */
export function watchConnection(system: Pick<System, "deadline" | "connect">, address: URL): ConnectionWatch {
  const controller = new AbortController();
  let stopped: "connecting" | "responding" | undefined;
  let connected = false;
  let ended = false;
  const stop = (why: "connecting" | "responding") => {
    if (ended || stopped !== undefined) return;
    stopped = why;
    controller.abort();
  };
  system.deadline(checkMilliseconds).addEventListener("abort", () => {
    if (ended) return;
    system
      .deadline(responseMilliseconds - checkMilliseconds)
      .addEventListener("abort", () => stop("responding"));
    if (connected) return;
    const port = Number(address.port) || (address.protocol === "https:" ? 443 : 80);
    system.connect(address.hostname.replace(/^\[|\]$/g, ""), port).then(
      () => {
        connected = true;
      },
      // `fetch` meets the same refusal, and its error says more.
      () => {},
    );
    system.deadline(connectMilliseconds - checkMilliseconds).addEventListener("abort", () => {
      if (!connected) stop("connecting");
    });
  });
  return {
    signal: controller.signal,
    connected: () => {
      connected = true;
    },
    stopped: () => stopped,
    end: () => {
      ended = true;
    },
  };
}
