/** Signing in with a code that a person approves in any browser, on any machine (RFC 8628). */
import {
  type Client,
  createToken,
  type NewToken,
  oidcError,
  startDeviceAuthorization,
} from "../../aws/sso/oidc.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import type { LoginContext, Portal } from "./context.ts";
import { refused } from "./refused.ts";

/** Seconds between two polls at the least, whatever the service says: it must not be flooded in anybody's name. */
const shortestInterval = 0.2;
/** Seconds that every `slow_down` adds between two polls, for good (RFC 8628, 3.5). */
const slowDownSeconds = 5;
/**
 * So many polls in a row may find no network, or no service that can answer: laptops sleep and change networks while
 * people sign in, and a code may be good for many minutes still.
 */
const mostFailures = 5;

/**
 * Tells the person where to go on stderr, opens the page where `browser` says so, and polls until there is a token. A
 * browser that cannot be opened is no matter. Throws a Failure; `oidcError` tells what the service refused with.
 */
export async function loginByDeviceCode(
  context: LoginContext,
  client: Client,
  portal: Portal,
  browser: "open" | "leave",
): Promise<NewToken> {
  const { system, trace } = context;
  const oidc = context.oidc();
  const device = await startDeviceAuthorization(oidc, client, portal.startUrl);
  const end = system.now() + device.expiresIn * 1000;
  let interval = Math.max(shortestInterval, device.interval);
  let failures = 0;
  system.stderr(`aws-login: to sign in to ${portal.startUrl} open ${device.verificationUriComplete}`);
  // The plain address, where no other came, has a page that asks for the code.
  const withCode = device.verificationUriComplete !== device.verificationUri;
  const what = withCode ? "and check that the page shows this code" : "and type this code there";
  system.stderr(`aws-login: ${what}: ${device.userCode}`);
  if (browser === "open") await tryToOpen(context, device.verificationUriComplete);
  for (;;) {
    // The interval is asked for between polls, and nobody approves a code faster than that.
    await system.sleep(Math.max(0, Math.min(interval * 1000, end - system.now())));
    try {
      return await createToken(oidc, client, { kind: "device-code", deviceCode: device.deviceCode });
    } catch (error) {
      const code = oidcError(error);
      const passing = isPassing(error);
      if (code === "slow_down") interval += slowDownSeconds;
      else if (code === "expired_token") throw tooLate(portal, device.expiresIn);
      else if (code === "access_denied") throw refused(portal);
      else if (passing && failures < mostFailures) {
        failures++;
        trace(`the poll for the sign-in failed: ${error.message}`);
      } else if (code !== "authorization_pending") throw error;
      if (!passing) failures = 0;
    }
    if (system.now() >= end) throw tooLate(portal, device.expiresIn);
  }
}

/** What another poll may not meet again: no answer, or one of a service that has trouble of its own. */
function isPassing(error: unknown): error is Failure {
  if (!(error instanceof Failure)) return false;
  const status = error.serviceError?.status;
  return status === undefined || status >= 500 || status === 429;
}

async function tryToOpen({ system, trace }: LoginContext, url: string): Promise<void> {
  try {
    await system.openBrowser(url);
  } catch (error) {
    trace(reasonOf(error));
  }
}

function tooLate(portal: Portal, seconds: number): Failure {
  return new Failure(
    "failed",
    `cannot sign in to ${portal.startUrl}: nobody approved it within ${inWords(seconds)}`,
    { hints: ["run the command again, and approve the new code in the browser"] },
  );
}

function inWords(seconds: number): string {
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
