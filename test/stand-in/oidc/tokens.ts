import type { Instance } from "../world/instance-directory.ts";
import type { Client, SignIn } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import { ACCOUNT_ACCESS, mayUse, REFRESH_TOKEN } from "./clients.ts";
import type { OidcOutcome } from "./operation.ts";

/** The state of things once a person has agreed. Only the scope for accounts makes it refreshable. */
export function beginSignIn(client: Client, instance: Instance, world: World): SignIn {
  const { settings, signIns } = world.identityCenter;
  const signIn = {
    instance,
    client,
    refreshable: client.scopes.includes(ACCOUNT_ACCESS) && mayUse(client, REFRESH_TOKEN),
    ends: world.now() + settings.signInLife * 1000,
    over: false,
  };
  signIns.push(signIn);
  return signIn;
}

/** The refresh token of a response: a new one, none, or the one that the client has. */
export type Refresh = "new" | "none" | { readonly preserved: string };

/** The answer to a request for tokens. */
export interface Tokens {
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken?: string;
}

/** A new access token of the sign-in, with a new refresh token or the given one, or none. */
export function issueTokens(signIn: SignIn, refresh: Refresh, world: World): Tokens {
  const { accessTokens, refreshTokens, settings } = world.identityCenter;
  const left = Math.floor((signIn.ends - world.now()) / 1000);
  const expiresIn = signIn.refreshable ? Math.min(settings.accessTokenLife, left) : left;
  const accessToken = world.keys.accessToken();
  accessTokens.set(accessToken, { signIn, expires: world.now() + expiresIn * 1000, refused: false });
  let refreshToken: string | undefined;
  if (refresh === "new") {
    refreshToken = world.keys.refreshToken();
    refreshTokens.set(refreshToken, signIn);
  } else if (refresh !== "none") {
    refreshToken = refresh.preserved;
  }
  return {
    accessToken,
    tokenType: "Bearer",
    expiresIn,
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

/** The outcome of a grant by which a person has just signed in. */
export function signedIn(client: Client, instance: Instance, world: World): OidcOutcome {
  const signIn = beginSignIn(client, instance, world);
  return tokensOutcome(signIn, signIn.refreshable ? "new" : "none", world);
}

export function tokensOutcome(signIn: SignIn, refresh: Refresh, world: World): OidcOutcome {
  return { value: issueTokens(signIn, refresh, world), user: signIn.instance.user };
}
