/**
 * The access portal's shortcut link to the console of a role:
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
 */
import { Failure } from "../../lib/errors.ts";
import { uriEncode } from "../sigv4/uri-encode.ts";

export interface PortalLink {
  /** The portal's start URL, in any form in which it is configured. */
  readonly startUrl: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly roleName: string;
  /** A page of the console; without it the permission set's relay state decides, then the console's home. */
  readonly destination: string | undefined;
}

/** Holds no secret: the browser's own sign-in to the portal decides. Throws a Failure for an issuer URL, which has no page. */
export function portalLinkUrl({ startUrl, accountId, roleName, destination }: PortalLink): string {
  const url = URL.parse(startUrl);
  if (url === null || /^identitycenter\./.test(url.hostname)) {
    throw new Failure(
      "failed",
      `cannot make a portal link: ${startUrl} is not the address of the portal's page`,
      {
        hints: ["name the page with --start-url, for example https://d-1234567890.awsapps.com/start"],
      },
    );
  }
  const page = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  const parameters = [
    `account_id=${accountId}`,
    `role_name=${uriEncode(roleName)}`,
    ...(destination === undefined ? [] : [`destination=${uriEncode(destination)}`]),
  ];
  return `${page}/#/console?${parameters.join("&")}`;
}
