/** What every step of a login works with. */
import type { Caller } from "../../aws/http/rest-json.ts";
import type { System } from "../../system/types.ts";

export interface LoginContext {
  readonly system: Pick<
    System,
    | "now"
    | "sleep"
    | "stderr"
    | "randomBytes"
    | "openBrowser"
    | "serveCallback"
    | "promptPaste"
    | "interruptible"
  >;
  /** The OIDC service of a region, by default the portal's. Throws a Failure when its endpoint is not known. */
  readonly oidc: (region?: string) => Caller;
  readonly trace: (line: string) => void;
  /** The login is for later runs: when its token cannot be stored, the login has failed. */
  readonly mustStore: boolean;
}

/** The portal that a login is for, and what the login asks for. */
export interface Portal {
  /** As configured: names of shared files are hashes of it, and messages show it. */
  readonly startUrl: string;
  /** Where a start URL on a company's own host leads; AWS gets this one. */
  readonly resolvedUrl?: string;
  readonly region: string;
  /** A token without scopes cannot be refreshed. */
  readonly scopes: readonly string[];
}
