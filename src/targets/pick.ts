/** Lets a person choose among candidates, on whatever terminal there is. */
import { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
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
  let isOpen = true;
  const chosen = await pickOnTerminal(
    {
      all: found.all,
      filter,
      recent: () => recentChoices(system, run.folder, run.trace),
      later: () => laterEntries(found, run, () => isOpen),
      doing: "choosing an identity",
    },
    system,
  ).finally(() => {
    isOpen = false;
  });
  if (chosen !== undefined) await rememberChoice(chosen, system, run.folder, run.trace);
  return chosen;
}

export interface Choosing {
  /** In a stable order. */
  readonly all: readonly Candidate[];
  /** What the filter line begins with. */
  readonly filter: string;
  /** The sort keys of what was chosen lately. Read for a screen alone. */
  readonly recent?: () => Promise<readonly string[]>;
  /** Asked for when the screen is open. */
  readonly later?: () => LaterEntries | undefined;
  /** For the message when the person leaves: "choosing an identity". */
  readonly doing: string;
}

/** On a screen, or by number where none can be drawn on; else the same as `pick`. */
export async function pickOnTerminal(
  { all, filter, recent, later, doing }: Choosing,
  system: Pick<System, "platform" | "env" | "onScreen" | "promptLine">,
): Promise<Candidate | undefined> {
  const isPlain = system.platform === "win32" || !system.env.TERM || system.env.TERM === "dumb";
  const onScreen = async () => {
    const colour = system.env.NO_COLOR ? "off" : "on";
    const marked = (await recent?.()) ?? [];
    const outcome = await system.onScreen(async (screen) => ({
      chosen: await runPicker({ all, recent: marked, filter, colour, later: later?.() }, screen),
    }));
    return outcome === undefined ? "no-terminal" : outcome.chosen;
  };
  const chosen = isPlain ? await askByNumber(all, filter, system) : await onScreen();
  if (chosen === "no-terminal") return undefined;
  if (chosen === undefined) throw new Failure("interrupted", `${doing}: interrupted`);
  return chosen;
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
