/** Imports the token of another program. */

import { whyNoStartUrl } from "../aws/sso/start-url.ts";
import { ownFolderPath } from "../config/paths.ts";
import { regionAsWritten } from "../config/region.ts";
import { Failure } from "../lib/errors.ts";
import { fitsHeader } from "../lib/fits-header.ts";
import { fileLock } from "../lib/lock.ts";
import { portalKey } from "../lib/portal-key.ts";
import { lockedOut, renewalTimeout } from "../lib/single-flight.ts";
import { openOwnCache, ownTokenPath, storeImportedToken } from "./own-token-cache.ts";
import type { PortalContext } from "./portal.ts";
import { contradictoryRegion, portalRegion } from "./portal-choice.ts";
import { sealing } from "./sealing.ts";
import { readTokenFile } from "./token-file.ts";
import { canRefresh, shownEnd, tokenState } from "./token-lifetime.ts";

/**
 * Copies the token of the file into the program's own cache, where its portal counts as the one used last. What the
 * file does not say, `said` does. Throws a Failure for a token that is spent, and for one whose portal neither says.
 */
export async function importToken(
  file: string,
  said: { readonly startUrl?: string; readonly ssoRegion?: string },
  { system, home, http }: Pick<PortalContext, "system" | "home" | "http">,
): Promise<{ readonly startUrl: string; readonly until: string }> {
  const { path, token } = await readTokenFile(file, system, home);
  const own =
    token.region && regionAsWritten({ value: token.region, source: `the region of the token in ${path}` });
  const refuse = (why: string, hint: string) =>
    new Failure("failed", `cannot import ${path}: ${why}`, { hints: [hint] });
  if (!fitsHeader(token.accessToken)) {
    throw refuse(
      "its access token has characters that no token has",
      "import the file as its program wrote it",
    );
  }
  const startUrl = token.startUrl ?? said.startUrl;
  if (startUrl === undefined) throw refuse("it names no start URL", "name its portal with --start-url URL");
  const why = whyNoStartUrl(startUrl);
  if (why !== undefined) throw refuse(`its start URL cannot be used: ${why}`, "import the file of a sign-in");
  if (said.startUrl !== undefined && portalKey(said.startUrl) !== portalKey(startUrl)) {
    throw new Failure("usage", `--start-url contradicts ${path}, which is of ${startUrl}`, {
      hints: ["leave --start-url out"],
    });
  }
  if (own && said.ssoRegion !== undefined && own !== said.ssoRegion) {
    throw contradictoryRegion(said.ssoRegion, own, path);
  }
  const now = system.now();
  if (tokenState(token, now) === "expired" && !canRefresh(token, now)) {
    throw refuse(
      `its token expired at ${shownEnd(token)} and cannot be refreshed`,
      "sign in again with the program that wrote it (aws sso login), then import",
    );
  }
  const folder = ownFolderPath(system.env, home);
  if (folder === undefined) throw refuse("no home directory is known", "set HOME, or AWS_LOGIN_HOME");
  const sealer = sealing(system, folder, "allowed");
  await openOwnCache(system, folder, sealer);
  const region = own || portalRegion(startUrl, said.ssoRegion);
  const { fields, ...members } = token;
  const tokenPath = ownTokenPath(folder, startUrl);
  // Refreshes and logins of this portal take the same lock.
  const held = await fileLock(
    system,
    folder,
    tokenPath,
    http.trace,
  )(renewalTimeout, () =>
    storeImportedToken(system, folder, startUrl, { ...members, startUrl, region }, fields, sealer),
  );
  if (held.kind === "busy") {
    throw lockedOut(`cannot import ${path}`, renewalTimeout);
  }
  return { startUrl, until: shownEnd(token) };
}
