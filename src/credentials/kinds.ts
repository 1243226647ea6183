/** The kinds of credentials that AWS treats differently. Pure. */
import type { Credentials } from "../lib/credentials.ts";

/**
 * - `isRoleSession`: known to be a role's session; a role that such a caller assumes lasts at most an hour
 * - `takesConsoleDuration`: the console's sign-in service accepts `SessionDuration`, and refuses the whole request for
 *   the others. `role` is one assumed with long-term keys or a web identity.
 *
 * `temporary` is for keys with a session token of unknown origin.
 */
export const CREDENTIAL_KINDS = {
  "long-term": { isRoleSession: false, takesConsoleDuration: false },
  temporary: { isRoleSession: false, takesConsoleDuration: false },
  "session-token": { isRoleSession: false, takesConsoleDuration: false },
  federation: { isRoleSession: false, takesConsoleDuration: false },
  role: { isRoleSession: true, takesConsoleDuration: true },
  "chained-role": { isRoleSession: true, takesConsoleDuration: false },
  instance: { isRoleSession: true, takesConsoleDuration: false },
  sso: { isRoleSession: true, takesConsoleDuration: false },
} as const;

export type CredentialKind = keyof typeof CREDENTIAL_KINDS;

export function isCredentialKind(text: string): text is CredentialKind {
  return Object.hasOwn(CREDENTIAL_KINDS, text);
}

/** The kind of keys about which nothing else is known. */
export function kindOfKeys({ sessionToken }: Credentials): CredentialKind {
  return sessionToken === undefined ? "long-term" : "temporary";
}
