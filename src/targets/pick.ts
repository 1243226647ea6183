/** Lets a person choose among candidates, on whatever terminal there is. */
import { Failure } from "../lib/errors.ts";
import type { Candidate } from "./candidate.ts";
import { type FoundCandidates, select } from "./find-candidates.ts";
import { containing } from "./match-words.ts";
import { askByNumber } from "./picker/numbered-list.ts";
import { type LaterEntries, runPicker } from "./picker/run-picker.ts";
import { updateListings } from "./portal-listings.ts";
import { recentChoices, rememberChoice } from "./recent.ts";
import type { TargetRun } from "./target-run.ts";

/**
 * The candidate that the person chooses, who sees all and the words in the filter line; undefined where there is no
 * terminal. Throws the Failure `interrupted` for a person who leaves.
 */
export async function pick(
  words: readonly string[],
  found: FoundCandidates,
  run: TargetRun,
): Promise<Candidate | undefined> {
  const { system } = run.context;
  const filter = words.length === 0 ? "" : `${words.join(" ")} `;
  const isPlain = system.platform === "win32" || !system.env.TERM || system.env.TERM === "dumb";
  const chosen = isPlain ? await askByNumber(found.all, filter, system) : await onScreen(filter, found, run);
  if (chosen === "no-terminal") return undefined;
  if (chosen === undefined) throw new Failure("interrupted", "choosing an identity: interrupted");
  await rememberChoice(chosen, system, run.folder, run.trace);
  return chosen;
}

async function onScreen(
  filter: string,
  found: FoundCandidates,
  run: TargetRun,
): Promise<Candidate | undefined | "no-terminal"> {
  const { system } = run.context;
  const recent = await recentChoices(system, run.folder, run.trace);
  let isOpen = true;
  const outcome = await system.onScreen(async (screen) => {
    try {
      const colour = system.env.NO_COLOR ? "off" : "on";
      const later = laterEntries(found, run, () => isOpen);
      return { chosen: await runPicker({ all: found.all, recent, filter, colour, later }, screen) };
    } finally {
      isOpen = false;
    }
  });
  return outcome === undefined ? "no-terminal" : outcome.chosen;
}

/** Asks the portals again that have a sign-in and were not asked in this run; undefined where there is none. */
function laterEntries(
  found: FoundCandidates,
  run: TargetRun,
  isWanted: () => boolean,
): LaterEntries | undefined {
  const due = found.listings.some(({ portal, access }) => access === undefined && portal.signIn === "usable");
  if (!due) return undefined;
  const silent = { ...run.context.system, stderr: () => {}, stderrIsTerminal: async () => false };
  const context = {
    ...run.context,
    system: silent,
    http: { ...run.context.http, system: silent, trace: () => {} },
  };
  const request = { ...run.request, signIn: "never" as const };
  const entries = updateListings(
    found.listings,
    "all",
    { ...run, request, context, trace: () => {} },
    isWanted,
  ).then(
    (listings) => {
      const failed = listings.some(({ failure }) => failure !== undefined);
      const { all } = select([], run, found.profiles, listings, containing);
      return { all, status: failed ? "not all portals could be asked" : "" };
    },
    (error: unknown) => ({
      all: found.all,
      status:
        error instanceof Failure
          ? "the portal could not be asked"
          : "the portal could not be asked: a defect",
    }),
  );
  return { status: "asking the portals", entries };
}
