/** Which Identity Center portal is meant, and where its token is stored, as data. Pure. */
import { regionOfStartUrl } from "../aws/sso/start-url.ts";
import { Failure } from "../lib/errors.ts";

export type PortalChoice =
  | CliPortal
  /** The program's own cache; without a start URL the portal used last. The region only where an option says it. */
  | { readonly kind: "own"; readonly startUrl: string | undefined; readonly region: string | undefined }
  /** A login whose token is stored nowhere. */
  | { readonly kind: "memory"; readonly startUrl: string; readonly region: string }
  /** A token that an option gives. */
  | {
      readonly kind: "token";
      readonly token: string;
      readonly startUrl: string | undefined;
      readonly region: string;
    }
  /** A token file that is read and never written. */
  | {
      readonly kind: "file";
      readonly path: string;
      readonly startUrl: string | undefined;
      readonly region: string | undefined;
    };

/** A sign-in that is shared with the AWS CLI. */
export interface CliPortal {
  readonly kind: "cli";
  readonly startUrl: string;
  readonly region: string;
  /** Undefined for a legacy profile. */
  readonly sessionName: string | undefined;
  /** As configured; undefined when none are. */
  readonly scopes: readonly string[] | undefined;
  /** The option that makes `aws-login login` sign in there: `--profile dev`. */
  readonly loginOption: string;
}

const defaultSsoRegion = "us-east-1";

/** The region of a portal without a stored token: as said, else from the host name, else the default. */
export function portalRegion(startUrl: string | undefined, said: string | undefined): string {
  return said ?? (startUrl === undefined ? undefined : regionOfStartUrl(startUrl)) ?? defaultSsoRegion;
}

/** `--sso-region` beside a profile or session may only repeat its region. Throws a usage Failure. */
export function refuseOtherRegion(
  portal: PortalChoice | undefined,
  said: string | undefined,
  whose: string,
): void {
  if (portal?.kind !== "cli" || said === undefined || said === portal.region) return;
  throw contradictoryRegion(said, portal.region, whose);
}

/** The Failure for a region that is not the one a token or section belongs to. */
export function contradictoryRegion(said: string, own: string, whose: string): Failure {
  return new Failure("usage", `--sso-region ${said} contradicts the region of ${whose}, which is ${own}`, {
    hints: ["leave --sso-region out"],
  });
}
