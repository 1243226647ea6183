/** Logging in with a code that a person approves in any browser, on any machine (RFC 8628). */
import {
  type Client,
  createToken,
  type DeviceAuthorization,
  type NewToken,
  oidcError,
  startDeviceAuthorization,
} from "../../aws/sso/oidc.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import type { LoginContext, Portal } from "./context.ts";
import { codeExpired, inWords, refusedInBrowser } from "./login-failures.ts";

/** The shortest time between two polls in seconds, whatever the service says: it must not be flooded. */
const shortestInterval = 0.2;
/** Seconds that every `slow_down` adds to the poll interval, for good (RFC 8628, 3.5). */
const slowDownSeconds = 5;
/**
 * How many polls in a row may find no network, or a service that is in trouble: laptops sleep and change networks while
 * people sign in, and a code is good for many minutes.
 */
const mostFailures = 5;

/**
 * Shows the page and the code on stderr, opens the page where `browser` is `open`, and polls until there is a token. A
 * browser that cannot be opened does not end the login. Throws a Failure; `oidcError` has the code of a refusal.
 */
export async function loginByDeviceCode(
  context: LoginContext,
  client: Client,
  portal: Portal,
  browser: "open" | "leave",
): Promise<NewToken> {
  const device = await startDeviceAuthorization(
    context.oidc(),
    client,
    portal.resolvedUrl ?? portal.startUrl,
  );
  const end = context.system.now() + device.expiresIn * 1000;
  showCode(context, portal, device);
  if (browser === "open") await tryToOpen(context, device.verificationUriComplete);
  return pollForToken(context, client, device, end);
}

/** The page and the code stand on lines of their own, so that a terminal selects each with one click. */
function showCode({ system }: LoginContext, portal: Portal, device: DeviceAuthorization): void {
  // The plain page, where the service sends no other, asks for the code.
  const hasCode = device.verificationUriComplete !== device.verificationUri;
  system.stderr(`aws-login: to sign in to ${portal.startUrl}, open this page in any browser:`);
  system.stderr(`    ${device.verificationUriComplete}`);
  system.stderr(`aws-login: ${hasCode ? "check that the page shows this code" : "type this code there"}:`);
  system.stderr(`    ${device.userCode}`);
  system.stderr(`aws-login: waiting for the approval, up to ${inWords(device.expiresIn)}`);
}

/** `end` is when the code expires, in milliseconds since the epoch. */
async function pollForToken(
  context: LoginContext,
  client: Client,
  device: DeviceAuthorization,
  end: number,
): Promise<NewToken> {
  const { system, trace } = context;
  const oidc = context.oidc();
  let interval = Math.max(shortestInterval, device.interval);
  let failures = 0;
  for (;;) {
    // Before the first poll as well: a person needs longer than one interval to approve the code.
    await system.sleep(Math.max(0, Math.min(interval * 1000, end - system.now())));
    try {
      return await createToken(oidc, client, { kind: "device-code", deviceCode: device.deviceCode });
    } catch (error) {
      const code = oidcError(error);
      const passing = isPassing(error);
      if (code === "slow_down") interval += slowDownSeconds;
      else if (code === "expired_token") throw codeExpired(device.expiresIn);
      else if (code === "access_denied") throw refusedInBrowser();
      else if (passing && failures < mostFailures) {
        failures++;
        trace(`a poll for the token failed: ${error.message}`);
      } else if (code !== "authorization_pending") throw error;
      if (!passing) failures = 0;
    }
    if (system.now() >= end) throw codeExpired(device.expiresIn);
  }
}

/** Whether the next poll may succeed: no response, or a response of a service in trouble. */
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
