/** `console --portal-link`: the link by which the access portal opens the console, without credentials of ours. */
import { destinationUrl } from "../../aws/console/console-url.ts";
import { portalLinkUrl } from "../../aws/console/portal-link.ts";
import { partitionOfRegion } from "../../aws/endpoints/partitions.ts";
import type { Options } from "../../cli/option-record.ts";
import { homeDirectory } from "../../config/paths.ts";
import { loadInputs } from "../../credentials/inputs.ts";
import { withoutEffectWarning } from "../../credentials/options-without-effect.ts";
import { type CredentialPlan, planCredentials } from "../../credentials/plan.ts";
import type { SsoSource } from "../../credentials/sources/sso.ts";
import { Failure } from "../../lib/errors.ts";
import { openTokenLocation } from "../../sso/open-token-location.ts";
import type { System } from "../../system/types.ts";

/**
 * Reads the config files and what is stored of the portal; sends nothing. Throws a usage Failure for an identity that is
 * no role of Identity Center, which the portal cannot open.
 */
export async function portalLink(options: Options, system: System): Promise<string> {
  const inputs = await loadInputs(options, system);
  const plan = await planCredentials(inputs);
  const { portal, accountId, roleName, partition } = ssoRole(plan);
  for (const warning of plan.warnings) system.stderr(warning);
  for (const option of signInOptions(options))
    system.stderr(withoutEffectWarning({ option, why: "the browser signs in to the portal itself" }));
  const home = await homeDirectory(system);
  const { startUrl, region } = await openTokenLocation(portal, {
    ...{ system, home },
    nrt: options.nrt,
    prompt: options.signIn === "never" ? "never" : "allowed",
  });
  if (startUrl === undefined) {
    throw new Failure("failed", "cannot make a portal link: the portal's address is not known", {
      hints: ["name it with --start-url"],
    });
  }
  const isPageNamed = options.destination !== undefined || options.region !== undefined;
  const destination = isPageNamed
    ? destinationUrl(options.destination, inputs.region?.region, partition ?? partitionOfRegion(region))
    : undefined;
  return portalLinkUrl({ startUrl, accountId, roleName, destination });
}

function ssoRole({ source, steps }: CredentialPlan): SsoSource {
  if (source.kind === "sso-role" && steps.length === 0) return source;
  const why =
    source.kind === "sso-role"
      ? "a role is assumed after that of Identity Center"
      : `${source.from} is not a role of Identity Center`;
  throw new Failure("usage", `cannot use --portal-link: ${why}`, {
    hints: ["leave out --portal-link, or name a role with --sso-acct-id and --sso-role-name"],
  });
}

/** The options about a sign-in of ours, as far as they were given. */
function signInOptions(options: Options): string[] {
  const given: readonly (readonly [name: string, isGiven: boolean])[] = [
    ["--refresh", options.refresh !== "auto"],
    ["--sign-in", options.signIn === "always"],
    ["--use-device-code", options.useDeviceCode],
    ["--remote", options.remote],
    ["--callback-port", options.callbackPort !== undefined],
    ["--nrt", options.nrt],
  ];
  return given.flatMap(([name, isGiven]) => (isGiven ? [name] : []));
}
