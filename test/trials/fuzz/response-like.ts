/** Responses like the samples, and what must hold of credentials that are read from one. */
import { formatCredentials } from "../../../src/format/credentials.ts";
import { formatCredentialHelper } from "../../../src/lib/credential-process-json.ts";
import type { Credentials } from "../../../src/lib/credentials.ts";
import { withoutStrays } from "./judge.ts";
import { type Chance, mutated, pick } from "./mutate.ts";
import type { FixedResponse } from "./responding-http.ts";

/** Half of them well. */
const usualStatuses = [200, 200, 200, 200, 400, 400, 401, 403, 404, 429, 500, 503] as const;

/** A response with a mutated body, and a header or two that are not what they should be. */
export function responseLike(
  samples: readonly string[],
  secrets: RegExp,
  random: Chance,
  statuses: readonly number[] = usualStatuses,
): FixedResponse {
  return {
    status: pick(statuses, random),
    headers: {
      "content-type": pick(
        ["application/json", "text/xml", "text/html; charset=x", "", `a/${"b".repeat(9000)}`],
        random,
      ),
      ...(random() < 0.9
        ? {}
        : { "x-amzn-errortype": inHeader(mutated(["AccessDeniedException:http://a#b"], random)) }),
      ...(random() < 0.9 ? {} : { "x-amzn-requestid": inHeader(mutated(["c6104cbe-af31"], random)) }),
      ...(random() < 0.9 ? {} : { date: inHeader(mutated(["Thu, 31 Jan 2030 12:30:00 GMT"], random)) }),
    },
    body: withoutStrays(mutated(samples, random), secrets),
  };
}

/** What can stand in a header: the runtime lets nothing else in. */
function inHeader(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").slice(0, 10_000);
}

/** What came of it must be fit for every form in which it is printed. */
export function checkPrintable(credentials: Credentials): void {
  const line = formatCredentialHelper(credentials);
  if (line.indexOf("\n") !== line.length - 1) throw new Error("the helper's answer has more than one line");
  if (JSON.parse(line).SecretAccessKey !== credentials.secretAccessKey)
    throw new Error("the secret key is another");
  formatCredentials(credentials, { outform: "linux", comment: "first" });
}
