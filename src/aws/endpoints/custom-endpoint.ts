/** A configured endpoint URL, used in place of AWS's. */
import { Failure } from "../../lib/errors.ts";

/**
 * The URL without a slash at its end, and its host as in the Host header. Throws a Failure that names the source
 * of the setting but not the URL, which may hold a password.
 */
export function customEndpoint(custom: { readonly url: string; readonly source: string }): {
  readonly url: string;
  readonly host: string;
} {
  const url = URL.parse(custom.url);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw refused(custom.source, "it is not an http or https URL");
  }
  if (url.username !== "" || url.password !== "")
    throw refused(custom.source, "it holds a user name or password");
  if (url.search !== "" || url.hash !== "") throw refused(custom.source, "it holds a query or a fragment");
  return { url: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`, host: url.host };
}

function refused(source: string, why: string): Failure {
  return new Failure("failed", `cannot use the endpoint of ${source}: ${why}`, {
    hints: ["give it a URL such as https://sts.example.com, or take the setting away"],
  });
}
