/** A store that forgets: for sign-ins and tokens that nothing is to be kept of. */
import type { StoredToken, TokenMembers } from "./token-file.ts";
import type { TokenStore } from "./token-store.ts";

/**
 * `initial` is what was read elsewhere. `written` is told of a token that takes its place, which then serves for the
 * rest of the run.
 */
export function memoryTokenStore(
  initial: StoredToken | undefined,
  written: (token: TokenMembers) => void = () => {},
): TokenStore {
  let token = initial;
  return {
    sharedName: undefined,
    readToken: async () => token,
    whyUnreadable: async () => undefined,
    writeToken: async (members) => {
      token = { ...members, fields: token?.fields ?? {} };
      written(members);
    },
    removeToken: async () => {
      token = undefined;
    },
    readRegistration: async () => undefined,
    writeRegistration: async () => {},
    removeRegistration: async () => {},
  };
}
