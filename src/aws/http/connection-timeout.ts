/** How long one attempt at a request may take, with and without a connection. */
import type { System } from "../../system/types.ts";

/** An attempt without a connection ends after this many milliseconds. */
const connectMilliseconds = 5_000;
/** An attempt without a whole answer ends after this many milliseconds. */
const responseMilliseconds = 30_000;
/** Before this many milliseconds nobody asks whether there is a connection at all. */
const timeoutMilliseconds = 2_500;

export interface ConnectionWatch {
  readonly signal: AbortSignal;
  /** Says that an answer has begun. */
  connected(): void;
  stopped(): "connecting" | "answering" | undefined;
  end(): void;
}

/**
 * `fetch` does not say whether it has a connection yet. An attempt that is quiet for a while is therefore
 * checked from beside: if a connection of our own to the same address does not stand either by the time
 * the limit is reached, the attempt ends; otherwise it has until the limit for answers.
 */
export function watchConnection(system: Pick<System, "deadline" | "connect">, address: URL): ConnectionWatch {
  const controller = new AbortController();
  let stopped: "connecting" | "answering" | undefined;
  let connected = false;
  let ended = false;
  const stop = (why: "connecting" | "answering") => {
    if (ended || stopped !== undefined) return;
    stopped = why;
    controller.abort();
  };
  system.deadline(timeoutMilliseconds).addEventListener("abort", () => {
    if (ended) return;
    system
      .deadline(responseMilliseconds - timeoutMilliseconds)
      .addEventListener("abort", () => stop("answering"));
    if (connected) return;
    const port = Number(address.port) || (address.protocol === "https:" ? 443 : 80);
    system.connect(address.hostname.replace(/^\[|\]$/g, ""), port).then(
      () => {
        connected = true;
      },
      // A refusal reaches `fetch` as well, which tells it better.
      () => {},
    );
    system.deadline(connectMilliseconds - timeoutMilliseconds).addEventListener("abort", () => {
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
