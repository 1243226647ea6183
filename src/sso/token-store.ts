/** A place that keeps the token of one sign-in, and the client it was made with. */
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
  /** Keeps the members of the file that the program does not know. */
  writeToken(token: TokenMembers): Promise<void>;
  removeToken(): Promise<void>;
  readRegistration(flow: Flow): Promise<StoredRegistration | undefined>;
  writeRegistration(flow: Flow, registration: StoredRegistration): Promise<void>;
  removeRegistration(flow: Flow): Promise<void>;
}
