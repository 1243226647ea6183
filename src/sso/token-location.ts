/** Where the token of a portal is kept, and what stands there about the portal. */
import { whyNoStartUrl } from "../aws/sso/start-url.ts";
import { ownFolderPath } from "../config/paths.ts";
import { regionAsWritten } from "../config/region.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import type { System } from "../system/types.ts";
import { cliTokenStore } from "./aws-cli-cache.ts";
import { openOwnCache, ownTokenPath, ownTokenStore, portals, rememberPortal } from "./own-token-cache.ts";
import { type CliPortal, contradictoryRegion, type PortalChoice, portalRegion } from "./portal-choice.ts";
import type { StoredToken } from "./token-file.ts";
import { readTokenFile } from "./token-file.ts";
import type { TokenStore } from "./token-store.ts";
import { memoryTokenStore } from "./token-store.ts";

export interface TokenLocation {
  readonly store: TokenStore;
  readonly startUrl: string | undefined;
  readonly region: string;
  /** To ask for at a sign-in; undefined leaves it to the default. */
  readonly scopes: readonly string[] | undefined;
  readonly legacy: boolean;
  /** The token was given by the person, who did not ask for a sign-in. */
  readonly optional: boolean;
  /** For messages: the start URL, or where the token is from. */
  readonly name: string;
  /** How a person signs in. */
  readonly signInHint: string;
  /** To be called after a sign-in. */
  readonly signedIn: () => Promise<void>;
}

export interface LocationContext {
  readonly system: System;
  readonly home: string | undefined;
  /** A token that cannot be refreshed is wanted. */
  readonly nrt: boolean;
}

/** Throws a Failure: no token file, no portal known, no home directory, or a region that contradicts the stored one. */
export function openTokenLocation(choice: PortalChoice, context: LocationContext): Promise<TokenLocation> {
  switch (choice.kind) {
    case "cli":
      return awsCliLocation(choice, context);
    case "own":
      return ownLocation(choice, context);
    case "unkept":
      return memoryLocation(choice, context);
    case "token":
      return tokenLocation(choice, context);
    case "file":
      return fileLocation(choice, context);
  }
}

const nothing = async () => {};

type OwnPortal = Extract<PortalChoice, { kind: "own" }>;

async function awsCliLocation(
  choice: CliPortal,
  { system, home, nrt }: LocationContext,
): Promise<TokenLocation> {
  if (home === undefined) throw noHome("set HOME");
  const legacy = choice.sessionName === undefined;
  const store = cliTokenStore(system, home, choice);
  // Without scopes the client is another one than the AWS CLI's, whose file is not for it, nor to be removed with it.
  const forgetful = {
    readRegistration: async () => undefined,
    writeRegistration: nothing,
    removeRegistration: nothing,
  };
  // A legacy sign-in has no scopes, as the AWS CLI makes it: its SDKs would not refresh the short-lived other kind.
  const scopes = nrt || legacy ? [] : choice.scopes;
  return {
    store: nrt ? { ...store, ...forgetful } : store,
    startUrl: choice.startUrl,
    region: choice.region,
    scopes,
    legacy,
    optional: false,
    name: choice.startUrl,
    signInHint: `sign in with: aws-login login ${choice.loginOption}`,
    signedIn: nothing,
  };
}

/** A sign-in of the program's own cache, as it is stored. */
export interface OwnSignIn {
  readonly folder: string;
  readonly startUrl: string;
  /** For messages. */
  readonly name: string;
  readonly token: StoredToken | undefined;
  /** Of the token: no client is kept in it. */
  readonly store: TokenStore;
  /** Throws a Failure: the stored region is none, or contradicts the one that was said. */
  region(): string;
}

/** Throws a Failure when no portal is known, or no home directory. */
export async function ownSignIn(
  choice: OwnPortal,
  { system, home }: Pick<LocationContext, "system" | "home">,
): Promise<OwnSignIn> {
  const folder = ownFolderPath(system.env, home);
  if (folder === undefined) throw noHome("set HOME, or AWS_LOGIN_HOME");
  await openOwnCache(system, folder);
  const startUrl = choice.startUrl ?? (await portals(system, folder))[0];
  if (startUrl === undefined) {
    throw new Failure("sign-in-needed", "cannot use the cache: no portal was signed in to or imported", {
      hints: [
        "sign in with: aws-login login --start-url https://YOUR.START.URL.HERE",
        "or take over a sign-in with: aws-login importcache --accesstoken-cache FILE",
      ],
    });
  }
  const store = ownTokenStore(system, folder, startUrl, "no client");
  const token = await store.readToken();
  const whose = `the sign-in in ${ownTokenPath(folder, startUrl)}`;
  return {
    folder,
    startUrl,
    // A token of the Python tool may have come without.
    name: startUrl === "" ? "a portal of no known address" : startUrl,
    token,
    store,
    region: () => storedRegion(choice.region, token?.region, startUrl, whose),
  };
}

async function ownLocation(choice: OwnPortal, context: LocationContext): Promise<TokenLocation> {
  const { system, nrt } = context;
  const signIn = await ownSignIn(choice, context);
  const { folder, startUrl, name, token } = signIn;
  const region = signIn.region();
  const scopeKey = nrt ? "no scopes" : "default scopes";
  const regionOption = token === undefined && choice.region === undefined ? "" : ` --sso-region ${region}`;
  return {
    store: ownTokenStore(system, folder, startUrl, `${region} ${scopeKey}`),
    startUrl: startUrl === "" ? undefined : startUrl,
    region,
    scopes: nrt ? [] : undefined,
    legacy: false,
    optional: false,
    name,
    signInHint: `sign in with: aws-login login --start-url ${startUrl === "" ? "URL" : shellWord(startUrl)}${regionOption}`,
    signedIn: () => rememberPortal(system, folder, startUrl),
  };
}

async function memoryLocation(
  { startUrl, region }: Extract<PortalChoice, { kind: "unkept" }>,
  { nrt }: LocationContext,
): Promise<TokenLocation> {
  return {
    store: memoryTokenStore(undefined),
    startUrl,
    region,
    scopes: nrt ? [] : undefined,
    legacy: false,
    optional: false,
    name: startUrl,
    signInHint: `sign in with: aws-login login --start-url ${shellWord(startUrl)} --sso-region ${region}, and add --use-cache here`,
    signedIn: nothing,
  };
}

async function tokenLocation(
  choice: Extract<PortalChoice, { kind: "token" }>,
  { system }: LocationContext,
): Promise<TokenLocation> {
  const accessToken = choice.token === "-" ? (await system.readStdin()).trim() : choice.token;
  if (accessToken === "") {
    throw new Failure("failed", "cannot use --sso-access-token -: there is no token on stdin", {
      hints: ["write the token, and nothing else, to the program's stdin"],
    });
  }
  // Nobody said when it ends: the portal tells.
  const token = { accessToken, expiresAt: "9999-12-31T23:59:59Z", fields: {} };
  return {
    store: memoryTokenStore(token),
    startUrl: choice.startUrl,
    region: choice.region,
    scopes: undefined,
    legacy: false,
    optional: true,
    name: choice.startUrl ?? `the portal of --sso-access-token (${choice.region})`,
    signInHint: `give a token that is still good, of a portal in ${choice.region} (--sso-region), or sign in with --start-url in its place`,
    signedIn: nothing,
  };
}

async function fileLocation(
  choice: Extract<PortalChoice, { kind: "file" }>,
  { system, home }: LocationContext,
): Promise<TokenLocation> {
  const { path, token } = await readTokenFile(choice.path, system, home);
  const own = token.startUrl !== undefined && whyNoStartUrl(token.startUrl) === undefined;
  const startUrl = choice.startUrl ?? (own ? token.startUrl : undefined);
  const region = storedRegion(choice.region, token.region, startUrl, `the token in ${path}`);
  const store = memoryTokenStore(token, (renewed) => {
    if (renewed.refreshToken === token.refreshToken) return;
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
    optional: true,
    name: startUrl ?? path,
    signInHint: `sign in again with the program that wrote ${path}, or use --start-url in the place of --accesstoken-cache`,
    signedIn: nothing,
  };
}

function storedRegion(
  said: string | undefined,
  stored: string | undefined,
  startUrl: string | undefined,
  whose: string,
): string {
  if (stored === undefined) return portalRegion(startUrl, said);
  const region = regionAsWritten({ value: stored, source: `the region of ${whose}` });
  if (said !== undefined && said !== region) throw contradictoryRegion(said, region, whose);
  return region;
}

function noHome(hint: string): Failure {
  return new Failure("failed", "cannot use a stored sign-in: no home directory is known", { hints: [hint] });
}
