/** From target words, or an account or role alone, to the options of one identity. */
import type { Options } from "../cli/option-record.ts";
import { optional } from "../lib/optional.ts";
import type { PortalAccess } from "../sso/portal.ts";
import type { System } from "../system/types.ts";
import { optionWords } from "./candidate.ts";
import { candidatesAt } from "./candidate-list.ts";
import { choosePortalToSignIn } from "./choose-portal.ts";
import { findCandidates, namesIdentityCenter } from "./find-candidates.ts";
import type { KnownPortal } from "./known-portals.ts";
import { noMatch, severalMatches, wanted } from "./no-target.ts";
import { pick } from "./pick.ts";
import { accessOf } from "./portal-listings.ts";
import { rememberChoice } from "./recent.ts";
import { openTargetRun, type TargetRun } from "./target-run.ts";

export interface TargetContext {
  readonly system: System;
  /** With `nothing`, only files and cached listings are read: no portal and no person is asked, and nothing is written. */
  readonly asks: "as-needed" | "nothing";
  /** Hints for words that mean nothing, before all others. */
  readonly hints: readonly string[];
  /** The command line with these options in the place of these words. */
  readonly sameCommand: (words: readonly string[], options: readonly string[]) => string;
}

/**
 * The options with the chosen identity in the place of the words. Among several candidates a person chooses, and one line
 * on stderr gives the command that does the same without asking. Throws a Failure: `usage` for several without a terminal,
 * `no-credentials` for none, `sign-in-needed` where a portal must be signed in to first, `interrupted` for who leaves.
 */
export async function chooseTarget(
  options: Options,
  { system, asks, hints, sameCommand }: TargetContext,
): Promise<Options> {
  const { words = [], ...others } = options;
  const mayAsk = asks === "as-needed";
  const run = await openTargetRun(mayAsk ? others : { ...others, signIn: "never" }, system);
  const [word] = words;
  // Nothing is asked for the exact name of a profile.
  if (word !== undefined && words.length === 1 && !namesIdentityCenter(others)) {
    if (run.config.profileNames().includes(word)) return { ...others, profile: word };
  }
  const mayPick = mayAsk && !others.credentialHelper;
  const choosePortal = (portals: readonly KnownPortal[]) => choosePortalToSignIn(portals, system);
  const found = await findCandidates(words, run, {
    reload: mayAsk ? "if-nothing-matches" : "never",
    ...(mayPick && others.signIn !== "never" ? { choosePortal } : {}),
  });
  const [first, ...more] = found.matches;
  const what = wanted(words, others);
  if (first === undefined) throw noMatch(words, what, found, hints);
  const only = more.length === 0 ? found.all.at(first) : undefined;
  const chosen = only ?? (mayPick ? await pick(words, found, run) : undefined);
  if (chosen === undefined)
    throw severalMatches(what, candidatesAt(found.all, found.matches), whyNoPicker(others, asks));
  // As for a profile: a variable wins over its region.
  const ofVariable = system.env.AWS_REGION || system.env.AWS_DEFAULT_REGION;
  const region = others.region ?? (ofVariable ? undefined : chosen.options.region);
  const { region: _, ...ofIdentity } = chosen.options;
  const taken = { ...ofIdentity, ...optional("region", region) };
  if (more.length > 0)
    system.stderr(`aws-login: the same without asking: ${sameCommand(words, optionWords(taken))}`);
  else if (mayPick) await rememberChoice(chosen, system, run.folder, run.trace);
  return withAccess({ ...others, ...taken }, accessOf(chosen, found.listings), run);
}

function whyNoPicker(
  { credentialHelper }: Pick<Options, "credentialHelper">,
  asks: TargetContext["asks"],
): string {
  if (asks === "nothing") return "status asks nothing";
  return credentialHelper ? "--credential-helper asks nothing" : "there is no terminal to choose on";
}

/**
 * A token of an option is handed on: stdin gives it only once. What the portal was asked with is fresh, so it is neither
 * refreshed nor signed in for again.
 */
async function withAccess(
  taken: Options,
  access: PortalAccess | undefined,
  { context }: TargetRun,
): Promise<Options> {
  if (access === undefined) return taken;
  const asked: Options = { ...taken, signIn: taken.signIn === "never" ? "never" : "auto", refresh: "auto" };
  if (access.tokenFile !== undefined) return asked;
  const { accesstokenCache: _, ...withoutFile } = asked;
  const ssoAccessToken = await access.ask(async ({ accessToken }) => accessToken);
  context.http.trace("the token that listed the roles is used");
  return { ...withoutFile, ssoAccessToken, ssoRegion: access.region };
}
