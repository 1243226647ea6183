/** The outside world as `status` uses it: everything can be read, and nothing is changed or asked of a person. */
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";

export interface SeenResponse {
  readonly method: string;
  readonly url: string;
  /** Undefined when none came; `timedOut` says that it was not waited for any longer. */
  readonly status: number | undefined;
  readonly timedOut: boolean;
}

export interface Observation {
  readonly system: System;
  readonly responses: readonly SeenResponse[];
  /** Milliseconds by which AWS's clock is ahead of this one; undefined as long as no response told. */
  clockOffset(): number | undefined;
  /** Whether something wanted to write: a renewal was due. */
  wantedToWrite(): boolean;
}

/** With `verbose` the lines about decisions and requests go to stderr, and the warnings too, which are findings as well. */
export function observe(real: System, { verbose }: { readonly verbose: boolean }): Observation {
  const responses: SeenResponse[] = [];
  let offset: number | undefined;
  let wanted = false;
  const refuse = async (): Promise<never> => {
    wanted = true;
    throw new Failure("failed", "cannot renew: status changes nothing");
  };
  const system: System = {
    ...real,
    promptSecret: async () => undefined,
    // What the plan warns of is among the findings.
    stderr: verbose ? real.stderr : () => {},
    replaceFile: refuse,
    reserveReplacement: refuse,
    copyFile: refuse,
    removeFile: refuse,
    makeFolder: refuse,
    restrictFolder: refuse,
    withLock: refuse,
    fetch: async (url, request) => {
      const { method } = request;
      try {
        const response = await real.fetch(url, request);
        responses.push({ method, url, status: response.status, timedOut: false });
        const server = Date.parse(response.headers.get("date") ?? "");
        // `Age` means that a cache stored the response, with its date.
        if (!Number.isNaN(server) && !response.headers.has("age") && url.startsWith("https:"))
          offset = server - real.now();
        return response;
      } catch (error) {
        responses.push({ method, url, status: undefined, timedOut: request.signal?.aborted === true });
        throw error;
      }
    },
  };
  return { system, responses, clockOffset: () => offset, wantedToWrite: () => wanted };
}
