/** `list`: prints the identities that target words choose from, or the sign-ins and cached credentials. */
import type { Options } from "../../cli/option-record.ts";
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { candidatesAt } from "../../targets/candidate-list.ts";
import { findCandidates } from "../../targets/find-candidates.ts";
import { containing } from "../../targets/match-words.ts";
import { noMatch, wanted } from "../../targets/no-target.ts";
import { openTargetRun } from "../../targets/target-run.ts";
import { formatIdentities } from "./identities.ts";

export async function run(options: Options, system: System): Promise<number> {
  const targets = await openTargetRun(options, system);
  if (options.sessions) {
    const { storedSignIns } = await import("../../targets/stored-sign-ins.ts");
    const { storedSessions } = await import("../../credentials/cache/stored-sessions.ts");
    const { formatSessions } = await import("./sessions.ts");
    const signIns = await storedSignIns(targets);
    const sessions = targets.folder === undefined ? [] : await storedSessions(system, targets.folder);
    await system.stdout(formatSessions({ signIns, sessions }, options.format, system.now()));
    return 0;
  }
  const words = options.words ?? [];
  const reload = options.reload ? "always" : "if-nothing-matches";
  const found = await findCandidates(words, targets, { reload, match: containing });
  if (found.matches.length === 0) {
    throw words.length > 0
      ? noMatch(words, wanted(words, options), found)
      : nothingToList(found.listings.length);
  }
  await system.stdout(formatIdentities(candidatesAt(found.all, found.matches), options.format));
  return 0;
}

function nothingToList(portals: number): Failure {
  return portals === 0
    ? new Failure(
        "no-credentials",
        "nothing to list: the config files have no profile, and no portal is known",
        {
          hints: ["to sign in to Identity Center: aws-login login --start-url URL"],
        },
      )
    : new Failure(
        "no-credentials",
        "nothing to list: no profile yields credentials, and no portal gives a role",
        {
          hints: ["sign in first, with: aws-login login", "to ask the portals anew: aws-login list --reload"],
        },
      );
}
