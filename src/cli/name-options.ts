/** Options whose value is a name that the config files or the cached listings have, for completion. */
import type { OptionName } from "./options.ts";

export type NameKind = "profile" | "session" | "account" | "role";

export const NAME_OPTIONS: Readonly<Partial<Record<OptionName, NameKind>>> = {
  "--profile": "profile",
  "--sso-session": "session",
  "--sso-session-name": "session",
  "--sso-acct-id": "account",
  "--sso-role-name": "role",
};

/** The hidden command that the completion scripts call for such names. */
export const COMPLETE = "__complete";
