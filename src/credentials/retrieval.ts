/** How credentials are retrieved: the source first, then the steps of the role chain. Types only. */
import type { Credentials } from "../lib/credentials.ts";
import type { PortalAccess } from "../sso/portal.ts";
import type { CredentialKind } from "./kinds.ts";

/** Credentials, their kind, and how a message names their principal: an ARN, or an access key and its source. */
export interface Acquired {
  readonly credentials: Credentials;
  readonly kind: CredentialKind;
  readonly principal: string;
  /** For static keys of a profile: its setting that applies without them, `credential_process (…/config:5)`. */
  readonly shadows?: string;
}

export interface Prompting {
  /** `never`: no sign-in starts and no MFA code is asked for, because older credentials are still valid. */
  readonly prompt: "never" | "allowed";
}

/** The two halves of a plan. Each throws a Failure. */
export interface Retrieval {
  /** `opened` is called with the Identity Center portal before the portal is asked for the role. */
  retrieveSource(
    how: Prompting & { readonly opened?: (portal: PortalAccess) => Promise<void> },
  ): Promise<Acquired>;
  /** Asks for the password of the private key that the source signs with, if it needs one. */
  askKeyPassword(): Promise<void>;
  /** Asks for the MFA code that `runSteps` will need with these credentials, if it will need one. */
  askMfaCode(source: Acquired): Promise<void>;
  /** Returns `source` itself when the plan has no steps. */
  runSteps(source: Acquired, how: Prompting): Promise<Acquired>;
}
