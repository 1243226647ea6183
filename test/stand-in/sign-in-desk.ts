import { ACCOUNT_ACCESS, DEVICE_CODE, REFRESH_TOKEN } from "./oidc/clients.ts";
import { beginSignIn, issueTokens } from "./oidc/tokens.ts";
import type { AccountPlan } from "./world/directory-plan.ts";
import { type Instance, toAccounts } from "./world/instance-directory.ts";
import type { World } from "./world/world.ts";

/** What a sign-in leaves with its client, as token files have it. */
export interface SignedIn {
  readonly startUrl: string;
  readonly region: string;
  readonly accessToken: string;
  /** Milliseconds since the epoch, as the other time. */
  readonly expiresAt: number;
  /** Absent when it cannot be refreshed. */
  readonly refreshToken?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: number;
}

export interface SignInRequest {
  /** Default: the first instance. */
  readonly startUrl?: string;
  /** Default: yes. */
  readonly refreshable?: boolean;
}

/** What the persons and the administrators of Identity Center do, by program. */
export interface SignInDesk {
  /** User codes that wait for a verdict. */
  pendingDevices(): string[];
  /** False when no code of that spelling is pending. */
  approveDevice(userCode: string): boolean;
  denyDevice(userCode: string): boolean;
  /** A finished sign-in without any of its requests, for tests that begin after it. */
  signIn(request?: SignInRequest): SignedIn;
  /** From now on the access tokens that are out are refused; refreshing still works. */
  revokeAccessTokens(): void;
  /** Nothing that is out is good any more, refresh tokens included. */
  endSignIns(): void;
  /** Forgets every registration: their clients are invalid. */
  forgetClients(): void;
  /** Other accounts for an instance, by default the first. */
  replaceAccounts(accounts: readonly AccountPlan[], startUrl?: string): void;
}

export function createSignInDesk(world: World): SignInDesk {
  const { identityCenter } = world;
  return {
    pendingDevices: () =>
      [...identityCenter.deviceGrants.values()]
        .filter(({ state, expires }) => state === "pending" && expires > world.now())
        .map(({ userCode }) => userCode),
    approveDevice: (userCode) => identityCenter.settleDevice(userCode, "approved"),
    denyDevice: (userCode) => identityCenter.settleDevice(userCode, "denied"),
    signIn: (request = {}) => signIn(request, world),
    revokeAccessTokens() {
      for (const token of identityCenter.accessTokens.values()) token.refused = true;
    },
    endSignIns() {
      for (const open of identityCenter.signIns) open.over = true;
    },
    forgetClients: () => identityCenter.clients.clear(),
    replaceAccounts(accounts, startUrl) {
      instanceAt(startUrl, world).accounts = toAccounts(accounts);
    },
  };
}

function instanceAt(startUrl: string | undefined, { identityCenter }: World): Instance {
  const [first] = identityCenter.instances;
  const instance = startUrl === undefined ? first : identityCenter.instance(startUrl);
  if (instance === undefined) throw new Error(`there is no Identity Center at ${startUrl ?? "all"}`);
  return instance;
}

function signIn({ startUrl, refreshable = true }: SignInRequest, world: World): SignedIn {
  const instance = instanceAt(startUrl, world);
  const { clients, settings } = world.identityCenter;
  const client = {
    ...world.keys.client(),
    name: "signed-in-by-program",
    region: instance.region,
    expires: world.now() + settings.registrationLife * 1000,
    scopes: refreshable ? [ACCOUNT_ACCESS] : [],
    grantTypes: [DEVICE_CODE, REFRESH_TOKEN],
    redirectUris: [],
    instance: undefined,
  };
  clients.set(client.id, client);
  const tokens = issueTokens(beginSignIn(client, instance, world), refreshable ? "new" : "none", world);
  return {
    startUrl: startUrl ?? instance.startUrl,
    region: instance.region,
    accessToken: tokens.accessToken,
    expiresAt: world.now() + tokens.expiresIn * 1000,
    ...(tokens.refreshToken === undefined ? {} : { refreshToken: tokens.refreshToken }),
    clientId: client.id,
    clientSecret: client.secret,
    registrationExpiresAt: client.expires,
  };
}
