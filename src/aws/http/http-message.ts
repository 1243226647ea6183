/** What goes out to a service and what comes back: types alone, which every file of this folder may import. */
import type { Failure } from "../../lib/errors.ts";
import type { FetchRequest } from "../../system/types.ts";

export interface HttpRequest {
  /** What the service or the operation is called in messages and in `--verbose` lines. */
  readonly action: string;
  readonly method: FetchRequest["method"];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * After the response a person acts before the run goes on. No connection is opened early beside such a request: it would
   * be idle until its server closes it.
   */
  readonly leadsTo?: "a person";
  /**
   * `new` for a request that is not repeated: the server may just have closed a connection that was kept open, and the
   * client learns that only from the request.
   */
  readonly connection?: "new";
  /** `reported`: a redirect is a response, for a caller that reads where it leads. It is never followed. */
  readonly redirects?: "reported";
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** An attempt without a response that can be read. */
export interface HttpFailure {
  readonly kind: "failure";
  readonly failure: Failure;
  /** The attempt ended by a timeout, for which the retry bucket charges more. */
  readonly timedOut: boolean;
  readonly retryable: boolean;
  /** The response had begun, so the service has acted on the request. */
  readonly responseBegan: boolean;
}

export type HttpOutcome = { readonly kind: "response"; readonly response: HttpResponse } | HttpFailure;
