/** What a proxy's 407 means: no password, a refused one, or a scheme that this program does not speak. */
import { Failure } from "../../lib/errors.ts";
import type { HttpProxy } from "./proxy.ts";

/**
 * The Failure for a 407, of a configured proxy or of something else on the way. `headers` are those of the response:
 * its `Proxy-Authenticate` lists the schemes that the proxy offers.
 */
export function proxyLoginFailure(url: URL, proxy: HttpProxy | undefined, headers: Headers): Failure {
  const by = proxy === undefined ? url.host : `the proxy ${proxy.shown} (${proxy.variable})`;
  const variable = proxy?.variable ?? "HTTPS_PROXY";
  const schemes = offeredSchemes(headers.get("proxy-authenticate") ?? "");
  if (schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === "basic")) {
    const why = `${by} offers only ${schemes.join(", ")} to sign in with, and this program only Basic (407)`;
    return new Failure("failed", why, {
      hints: [`run a local proxy that signs in to that one, such as Px or Cntlm, and name it in ${variable}`],
    });
  }
  if (proxy?.hasLogin === true) {
    return new Failure("failed", `${by} refused the user name and password of its URL (407)`, {
      hints: [`correct them in ${variable}; in a URL, % is written as %25, @ as %40, : as %3A and / as %2F`],
    });
  }
  return new Failure("failed", `${by} wants a user name and a password (407)`, {
    hints: [proxyLoginHint(proxy)],
  });
}

/** How to give a proxy its user name and password. */
export function proxyLoginHint(proxy: HttpProxy | undefined): string {
  if (proxy?.hasLogin === true) return `check those in the URL of ${proxy.variable}`;
  return `put them into the URL: ${proxy?.variable ?? "HTTPS_PROXY"}=http://USER:PASSWORD@HOST:PORT`;
}

/**
 * The schemes of a `Proxy-Authenticate` header (RFC 9110, 11.6.1), several of which commas join: each begins a part,
 * and is followed by a blank or by nothing, where a parameter has an equals sign.
 */
function offeredSchemes(value: string): string[] {
  const parts = value.replace(/"(?:[^"\\]|\\.)*"?/g, "").split(",");
  const schemes = parts.map((part) => /^\s*([A-Za-z][A-Za-z0-9-]{0,19})(?:\s+[^\s=].*|\s*)$/.exec(part)?.[1]);
  return [...new Set(schemes.filter((scheme) => scheme !== undefined))].slice(0, 5);
}
