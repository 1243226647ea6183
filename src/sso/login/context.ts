/** What every step of a sign-in works with. */
import type { Caller } from "../../aws/http/rest-json.ts";
import type { System } from "../../system/types.ts";

export interface LoginContext {
  readonly system: Pick<
    System,
    "now" | "sleep" | "stderr" | "randomBytes" | "openBrowser" | "serveCallback" | "interruptible"
  >;
  /** The OIDC service of the portal's region. Throws a Failure when its endpoint cannot be told. */
  readonly oidc: () => Caller;
  readonly trace: (line: string) => void;
  /** The sign-in was asked for to be used later: when it cannot be kept, that has failed. */
  readonly mustKeep: boolean;
}

/** Where one signs in, and what is asked for. */
export interface Portal {
  /** As configured: the names of shared files are made of it. */
  readonly startUrl: string;
  readonly region: string;
  /** Without any the token cannot be refreshed. */
  readonly scopes: readonly string[];
}
