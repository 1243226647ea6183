/** Start URLs on a company's own host, which redirect to the AWS access portal. */
import { attempted, Failure } from "../../lib/errors.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { HttpResponse } from "../http/http-message.ts";
import { sendRequest } from "../http/send-request.ts";
import { isAwsStartUrl, regionOfStartUrl } from "./start-url.ts";

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What a login to a start URL asks for. */
export interface ResolvedStartUrl {
  /** The URL of the AWS access portal. */
  readonly url: string;
  /** The region that the portal's host names; undefined where it names none. */
  readonly region: string | undefined;
}

/**
 * Resolves a start URL as the AWS CLI does. The URL of an AWS access portal, or of this machine, stands for itself. Any
 * other host gets one HEAD request without credentials (GET after 405 or 501), and its redirect must lead to an AWS
 * access portal. The redirect is read and not followed. Throws a Failure that does not repeat the start URL.
 */
export async function resolveStartUrl(http: HttpClient, startUrl: string): Promise<ResolvedStartUrl> {
  if (isAwsStartUrl(startUrl)) return { url: startUrl, region: undefined };
  const head = await ask(http, "HEAD", startUrl);
  const response = head.status === 405 || head.status === 501 ? await ask(http, "GET", startUrl) : head;
  if (!redirects.has(response.status)) {
    throw noPortal(`its host is not AWS's and responds with ${response.status} without a redirect`);
  }
  const target = URL.parse(response.headers.get("location") ?? "", startUrl);
  if (target === null) throw noPortal("its redirect names no address");
  if (target.protocol !== "https:" || !isAwsStartUrl(target.href)) {
    throw noPortal(`it redirects to ${target.protocol}//${target.host}`);
  }
  // The AWS CLI sends it like this: without query and fragment, and without a slash at the end.
  const url = `${target.origin}${target.pathname.replace(/\/+$/, "")}`;
  return { url, region: regionOfStartUrl(url) };
}

async function ask(http: HttpClient, method: "HEAD" | "GET", url: string): Promise<HttpResponse> {
  const outcome = await sendRequest(http, {
    ...{ action: "start URL", method, url },
    headers: { "accept-encoding": "identity" },
    redirects: "reported",
    leadsTo: "a person",
  });
  if (outcome.kind === "failure") throw attempted(outcome.failure, "the start URL does not resolve");
  return outcome.response;
}

function noPortal(why: string): Failure {
  return new Failure("failed", `the start URL leads to no AWS access portal: ${why}`, {
    hints: ["use the address of your AWS access portal, such as https://d-1234567890.awsapps.com/start"],
  });
}
