/** The options of `console` that contradict others, in a file that parsing does not load: no other command has them. */
import type { Options } from "../../cli/option-record.ts";
import { Failure } from "../../lib/errors.ts";

/** Throws Failure("usage"). Pure. */
export function checkConsole(options: Options): void {
  if (options.portalLink) checkPortalLink(options);
  const profile =
    options.firefoxContainer !== undefined
      ? "--firefox-container"
      : options.chromeProfile !== undefined
        ? "--chrome-profile"
        : undefined;
  if (profile === "--firefox-container" && options.chromeProfile !== undefined) {
    throw contradiction(
      "--firefox-container contradicts --chrome-profile: each names where the console opens",
      "leave out the one that is not meant",
    );
  }
  if (profile !== undefined && options.noBrowser) {
    throw contradiction(
      `${profile} contradicts --no-browser: one opens the console, the other prints its URL`,
      `leave out --no-browser to open the console, or ${profile} to print the URL`,
    );
  }
}

/** The link opens the role of Identity Center that the browser's own sign-in gives, and nothing that follows it. */
function checkPortalLink(options: Options): void {
  const others: readonly (readonly [option: string, isGiven: boolean, why: string])[] = [
    ["--assume-roles", options.assumeRoles !== undefined, "the portal opens no role that is assumed later"],
    ["--get-session-token", options.getSessionToken, "the portal opens no other session than a role's"],
    ["--get-federation-token", options.getFederationToken, "the portal opens no other session than a role's"],
    ["--certificate", options.certificate !== undefined, "the portal opens roles of Identity Center only"],
    ["--copy", options.copy, "the link needs no clipboard: with --no-browser it is printed"],
    ["--logout-first", options.logoutFirst, "the portal adds a session beside the others"],
    ["--sso-access-token", options.ssoAccessToken !== undefined, "the browser's own sign-in decides"],
    ["--accesstoken-cache", options.accesstokenCache !== undefined, "the browser's own sign-in decides"],
  ];
  for (const [option, isGiven, why] of others) if (isGiven) throw contradicts(option, why);
}

function contradicts(option: string, why: string): Failure {
  return contradiction(
    `--portal-link contradicts ${option}: ${why}`,
    `leave out ${option} to open the link, or --portal-link to sign in with credentials`,
  );
}

function contradiction(message: string, hint: string): Failure {
  return new Failure("usage", message, { hints: [hint] });
}
