/** A token that the user gives: as an option, on stdin, or in a file that is read and never written. */
import { whyNoStartUrl } from "../aws/sso/start-url.ts";
import { Failure } from "../lib/errors.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { readTokenFile } from "./token-file.ts";
import { type LocationContext, nothing, storedRegion, type TokenLocation } from "./token-location.ts";
import { memoryTokenStore } from "./token-store.ts";

/** The token of `--sso-access-token`. Throws a Failure for an empty stdin. */
export async function optionLocation(
  choice: Extract<PortalChoice, { kind: "token" }>,
  { system }: LocationContext,
): Promise<TokenLocation> {
  const accessToken = choice.token === "-" ? (await system.readStdin()).trim() : choice.token;
  if (accessToken === "") {
    throw new Failure("failed", "cannot use --sso-access-token -: there is no token on stdin", {
      hints: ["write the token, and nothing else, to the program's stdin"],
    });
  }
  // The token's end is unknown: the portal refuses it after that.
  const token = { accessToken, expiresAt: "9999-12-31T23:59:59Z", fields: {} };
  return {
    store: memoryTokenStore(token),
    startUrl: choice.startUrl,
    region: choice.region,
    scopes: undefined,
    legacy: false,
    given: true,
    name: choice.startUrl ?? `the portal of --sso-access-token (${choice.region})`,
    loginHint: `give a valid token of a portal in ${choice.region} (--sso-region), or sign in with --start-url instead`,
    loggedIn: nothing,
  };
}

/** The token of `--accesstoken-cache`. Throws a Failure for a file without a token, or for its region. */
export async function fileLocation(
  choice: Extract<PortalChoice, { kind: "file" }>,
  { system, home }: LocationContext,
): Promise<TokenLocation> {
  const { path, token } = await readTokenFile(choice.path, system, home);
  const hasStartUrl = token.startUrl !== undefined && whyNoStartUrl(token.startUrl) === undefined;
  const startUrl = choice.startUrl ?? (hasStartUrl ? token.startUrl : undefined);
  const region = storedRegion(choice.region, token.region, startUrl, `the token in ${path}`);
  const store = memoryTokenStore(token, (refreshed) => {
    if (refreshed.refreshToken === token.refreshToken) return;
    system.stderr(
      `aws-login: warning: the refresh token in ${path} is spent now: sign in again before the file is used next, or use importcache`,
    );
  });
  return {
    store,
    startUrl,
    region,
    scopes: undefined,
    legacy: false,
    given: true,
    name: startUrl ?? path,
    loginHint: `sign in again with the program that wrote ${path}, or use --start-url instead of --accesstoken-cache`,
    loggedIn: nothing,
  };
}
