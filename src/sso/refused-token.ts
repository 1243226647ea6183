/** What happens when the access portal refuses an access token with status 401. */
import { Failure } from "../lib/errors.ts";
import type { StoredToken } from "./token-file.ts";

/** The token in use, and the way to another one. */
export interface TokenInUse {
  current(): Promise<StoredToken>;
  /** Another token in the place of the refused one. Throws `refusal` when there is none: so the repetition ends. */
  replace(refused: StoredToken, refusal: Failure): Promise<unknown>;
  readonly trace: (line: string) => void;
}

/**
 * Asks with the token in use. A token that the portal refuses is replaced, by a refresh or a login, and the operation is
 * asked again; any other Failure is the caller's.
 */
export async function askWithToken<T>(
  tokens: TokenInUse,
  operation: (accessToken: string) => Promise<T>,
): Promise<T> {
  // The token provider ends this loop: it refreshes once and logs in once.
  for (;;) {
    const used = await tokens.current();
    try {
      return await operation(used.accessToken);
    } catch (error) {
      if (!(error instanceof Failure) || error.serviceError?.status !== 401) throw error;
      tokens.trace(`the portal refused the token: ${error.message}`);
      await tokens.replace(used, error);
    }
  }
}
