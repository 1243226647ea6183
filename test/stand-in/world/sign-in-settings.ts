/** How the Identity Center of the stand-in behaves. Everything may be changed while it runs. */
export interface SignInSettings {
  /** Every sign-in is approved without a click: device codes at once, `/authorize` by answering with the redirect. */
  autoApprove: boolean;
  /** What a response to a refresh carries: a new refresh token, the old one being spent; the same one; or none. */
  refreshTokens: "rotated" | "preserve" | "left-out";
  /** Seconds, or null for a response without `interval`. */
  interval: number | null;
  /** Seconds. */
  registrationLife: number;
  deviceCodeLife: number;
  authorizationCodeLife: number;
  /** Of an access token that can be refreshed; others live as long as the sign-in. */
  accessTokenLife: number;
  /** Of a sign-in, and with it of its refresh tokens. */
  signInLife: number;
  /** Milliseconds before a response of the portal leaves. */
  latency: number;
  /** Requests to the portal that are let through each second, and at once after a pause; null: all. */
  rateLimit: { readonly perSecond: number; readonly burst?: number } | null;
  /** The portal puts at most so many on a page, whatever is asked for. */
  pageSize: number;
  /** Every page of the portal's listings comes after an empty one. */
  emptyPages: boolean;
}

const HOUR = 60 * 60;

export const DEFAULT_SETTINGS: Readonly<SignInSettings> = {
  autoApprove: false,
  refreshTokens: "rotated",
  interval: 1,
  registrationLife: 90 * 24 * HOUR,
  deviceCodeLife: 600,
  authorizationCodeLife: 600,
  accessTokenLife: HOUR,
  signInLife: 8 * HOUR,
  latency: 0,
  rateLimit: null,
  pageSize: 100,
  emptyPages: false,
};
