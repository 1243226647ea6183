/** Credentials from the agent of a container (ECS, EKS Pod Identity) or another server of its protocol. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import { boundedText } from "../http/bounded-text.ts";
import type { HttpClient } from "../http/http-client.ts";
import { networkFailure } from "../http/network-failure.ts";
import { proxyFor } from "../http/proxy.ts";
import type { ContainerAddress } from "./container-address.ts";
import { readContainerDocument, readContainerError } from "./container-document.ts";

/** As in botocore: every failure is retried, because agents are slow to start and to get new credentials. */
const attempts = 3;
const pauseMilliseconds = 1000;
const responseMilliseconds = 2000;

type Outcome = { readonly credentials: Credentials } | { readonly failure: Failure };

/**
 * Sends the request until a response holds credentials. `authorization` gives the value of the header before each attempt: the file
 * that holds it is rewritten now and then. Throws the last attempt's Failure.
 */
export async function containerCredentials(
  http: HttpClient,
  address: ContainerAddress,
  authorization: () => Promise<string | undefined>,
): Promise<Credentials> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(http, address, await authorization());
    if ("credentials" in outcome) return outcome.credentials;
    if (attempt === attempts) throw outcome.failure;
    http.trace(`attempt ${attempt} of ${attempts} failed, the next in ${pauseMilliseconds} ms`);
    await http.system.sleep(pauseMilliseconds);
  }
}

async function attemptOnce(
  http: HttpClient,
  address: ContainerAddress,
  authorization: string | undefined,
): Promise<Outcome> {
  const { url } = address;
  const proxy = address.local ? undefined : proxyFor(url, http.proxies);
  const signal = http.system.deadline(responseMilliseconds);
  const started = http.system.now();
  const trace = (result: string) =>
    http.trace(
      `GET ${url.host} container credentials: ${result}, ${Math.round(http.system.now() - started)} ms`,
    );
  const failed = (why: string, ...hints: readonly string[]): Outcome => ({
    failure: new Failure("failed", `cannot get container credentials (${address.variable}): ${why}`, {
      hints,
    }),
  });
  try {
    const response = await http.system.fetch(url.href, {
      method: "GET",
      headers: {
        accept: "application/json",
        "accept-encoding": "identity",
        ...optional("authorization", authorization),
      },
      ...optional("proxy", proxy?.url),
      ...optional("ca", url.protocol === "https:" ? http.ca?.pem : undefined),
      signal,
    });
    const body = (await boundedText(response)) ?? "";
    trace(String(response.status));
    if (response.status === 200) {
      const read = readContainerDocument(body, authorization);
      return "why" in read
        ? failed(`${url.host} ${read.why}`, "look at what serves that address")
        : { credentials: read };
    }
    const said = readContainerError(response.status, response.headers, body, authorization);
    return failed(`${url.host} ${said}`, "look at the role of the task or pod, and at its agent");
  } catch (error) {
    const { message: why, hints } = signal.aborted
      ? { message: `${url.host}: no response within ${responseMilliseconds / 1000} seconds`, hints: [] }
      : networkFailure(error, { url, proxy, caSource: http.ca?.source, stopped: undefined }).failure;
    trace(why);
    return failed(why, `outside a container, unset ${address.variable}`, ...hints);
  }
}
