/** Opens the token location of a portal choice. */
import { shellWord } from "../lib/quoting.ts";
import { cliTokenStore } from "./aws-cli-cache.ts";
import { fileLocation, optionLocation } from "./given-token.ts";
import { ownLocation } from "./own-login.ts";
import type { CliPortal, PortalChoice } from "./portal-choice.ts";
import {
  isOwnHost,
  type LocationContext,
  noHome,
  nothing,
  storedRegion,
  type TokenLocation,
} from "./token-location.ts";
import { memoryTokenStore } from "./token-store.ts";

/** Throws a Failure: no token file, no portal known, no home directory, or a region that contradicts the stored one. */
export function openTokenLocation(choice: PortalChoice, context: LocationContext): Promise<TokenLocation> {
  switch (choice.kind) {
    case "cli":
      return awsCliLocation(choice, context);
    case "own":
      return ownLocation(choice, context);
    case "memory":
      return memoryLocation(choice, context);
    case "token":
      return optionLocation(choice, context);
    case "file":
      return fileLocation(choice, context);
  }
}

async function awsCliLocation(
  choice: CliPortal,
  { system, home, nrt }: LocationContext,
): Promise<TokenLocation> {
  if (home === undefined) throw noHome("set HOME");
  const { startUrl } = choice;
  const legacy = choice.sessionName === undefined;
  const store = cliTokenStore(system, home, choice);
  // A client without scopes is not the AWS CLI's: it neither reads, writes nor removes that registration file.
  const withoutRegistration = {
    readRegistration: async () => undefined,
    writeRegistration: nothing,
    removeRegistration: nothing,
  };
  // The AWS CLI asks for no scopes in a legacy sign-in: SDKs do not refresh a legacy token.
  const scopes = nrt || legacy ? [] : choice.scopes;
  return {
    store: nrt ? { ...store, ...withoutRegistration } : store,
    startUrl,
    region: isOwnHost(startUrl) ? await regionOfToken(choice, store) : choice.region,
    scopes,
    legacy,
    given: false,
    name: startUrl,
    loginHint: `sign in with: aws-login login ${choice.loginOption}`,
    loggedIn: nothing,
  };
}

/** The region that a login found where the company's own host leads; before a login the configured one. */
async function regionOfToken(
  { startUrl, region }: CliPortal,
  store: ReturnType<typeof cliTokenStore>,
): Promise<string> {
  const token = await store.readToken();
  const stored = token?.startUrl === startUrl ? token.region : undefined;
  return storedRegion(region, stored, startUrl, `the sign-in to ${startUrl}`);
}

async function memoryLocation(
  { startUrl, region }: Extract<PortalChoice, { kind: "memory" }>,
  { nrt }: LocationContext,
): Promise<TokenLocation> {
  return {
    store: memoryTokenStore(undefined),
    startUrl,
    region,
    scopes: nrt ? [] : undefined,
    legacy: false,
    given: false,
    name: startUrl,
    loginHint: `sign in with: aws-login login --start-url ${shellWord(startUrl)} --sso-region ${region}, and add --use-cache here`,
    loggedIn: nothing,
  };
}
