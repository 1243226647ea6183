/** Where the token of one sign-in is stored, and the client that it was issued to. */
import type { Reservation } from "../system/types.ts";
import type { StoredRegistration } from "./registration-file.ts";
import type { StoredToken, TokenMembers } from "./token-file.ts";

/** The two ways to sign in need clients of different kinds. */
export type Flow = "browser" | "device";

/** Reading and writing reject with a Failure that names the file. */
export interface TokenStore {
  /** What two processes must have in common to wait for each other; undefined where nothing is shared. */
  readonly sharedName: string | undefined;
  /** Undefined when there is none, or nothing that can be read as one. */
  readToken(): Promise<StoredToken | undefined>;
  /** What is wrong with a file that should hold the token and does not; undefined when there is no such file. */
  whyUnreadable(): Promise<string | undefined>;
  /** The token with its refresh token and client secret as AWS knows them. Rejects where they are sealed and stay so. */
  open(token: StoredToken): Promise<StoredToken>;
  /**
   * Makes sure, before the refresh token of `token` is spent, that a renewed token can be written. To be released before
   * that is written. Rejects with a Failure that names the file.
   */
  reserve(token: StoredToken): Promise<Reservation>;
  /** Keeps the members of the file that the program does not know. */
  writeToken(token: TokenMembers): Promise<void>;
  removeToken(): Promise<void>;
  readRegistration(flow: Flow): Promise<StoredRegistration | undefined>;
  writeRegistration(flow: Flow, registration: StoredRegistration): Promise<void>;
  removeRegistration(flow: Flow): Promise<void>;
}

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
    open: async (stored) => stored,
    reserve: async () => ({ release: async () => {} }),
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
