/** A login of the program's own cache. */
import { ownFolderPath } from "../config/paths.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import { openOwnCache, ownTokenPath, ownTokenStore, portals, rememberPortal } from "./own-token-cache.ts";
import type { PortalChoice } from "./portal-choice.ts";
import { type Sealing, sealing } from "./sealing.ts";
import type { StoredToken } from "./token-file.ts";
import { type LocationContext, noHome, storedRegion, type TokenLocation } from "./token-location.ts";
import type { TokenStore } from "./token-store.ts";

type OwnPortal = Extract<PortalChoice, { kind: "own" }>;

/** A login as the own cache has it. */
export interface OwnLogin {
  readonly folder: string;
  /** "" for a token of the Python tool that came without one. */
  readonly startUrl: string;
  /** For messages. */
  readonly name: string;
  readonly token: StoredToken | undefined;
  /** For the token alone: its client registrations are those of no region. */
  readonly store: TokenStore;
  readonly sealing: Sealing;
  /** Throws a Failure where the stored text is no region, or another region was said. */
  region(): string;
}

/** Throws a Failure where no portal, or no home directory, is known. */
export async function readOwnLogin(
  choice: OwnPortal,
  { system, home, prompt }: Pick<LocationContext, "system" | "home" | "prompt">,
): Promise<OwnLogin> {
  const folder = ownFolderPath(system.env, home);
  if (folder === undefined) throw noHome("set HOME, or AWS_LOGIN_HOME");
  const sealer = sealing(system, folder, prompt);
  await openOwnCache(system, folder, sealer);
  const startUrl = choice.startUrl ?? (await portals(system, folder))[0];
  if (startUrl === undefined) {
    throw new Failure("sign-in-needed", "cannot use the cache: no portal was signed in to or imported", {
      hints: [
        "sign in with: aws-login login --start-url https://YOUR.START.URL.HERE",
        "or import a sign-in with: aws-login importcache --accesstoken-cache FILE",
      ],
    });
  }
  const store = ownTokenStore(system, folder, startUrl, "no client", sealer);
  const token = await store.readToken();
  const whose = `the sign-in in ${ownTokenPath(folder, startUrl)}`;
  return {
    folder,
    startUrl,
    name: startUrl === "" ? "a portal of no known address" : startUrl,
    token,
    store,
    sealing: sealer,
    region: () => storedRegion(choice.region, token?.region, startUrl, whose),
  };
}

/** Throws as `readOwnLogin` and its `region` do. */
export async function ownLocation(choice: OwnPortal, context: LocationContext): Promise<TokenLocation> {
  const { system, nrt } = context;
  const login = await readOwnLogin(choice, context);
  const { folder, startUrl, name, token } = login;
  const region = login.region();
  const scopeKey = nrt ? "no scopes" : "default scopes";
  const regionOption = token === undefined && choice.region === undefined ? "" : ` --sso-region ${region}`;
  const urlWord = startUrl === "" ? "URL" : shellWord(startUrl);
  return {
    store: ownTokenStore(system, folder, startUrl, `${region} ${scopeKey}`, login.sealing),
    startUrl: startUrl === "" ? undefined : startUrl,
    region,
    scopes: nrt ? [] : undefined,
    legacy: false,
    given: false,
    name,
    loginHint: `sign in with: aws-login login --start-url ${urlWord}${regionOption}`,
    loggedIn: () => rememberPortal(system, folder, startUrl),
  };
}
