/** The picker of a terminal that cannot be drawn on: a list with numbers, and lines that are typed. */
import { wordsOf } from "../../lib/words.ts";
import type { System } from "../../system/types.ts";
import type { Candidate } from "../candidate.ts";
import { type CandidateList, candidatesAt } from "../candidate-list.ts";
import { containing } from "../match-words.ts";
import { entryText } from "./picture.ts";

/** Entries that are listed at once. */
const LISTED = 20;

/**
 * Asks until a number or words with one match are typed. Undefined for an empty line, which leaves; `no-terminal` where
 * there is none to ask on.
 */
export async function askByNumber(
  all: CandidateList,
  filter: string,
  system: Pick<System, "promptLine">,
): Promise<Candidate | undefined | "no-terminal"> {
  let shown = containing(wordsOf(filter), all);
  for (;;) {
    const listed = candidatesAt(all, shown.slice(0, LISTED));
    const more = shown.length - listed.length;
    const lines = [
      ...listed.map((candidate, index) => `${String(index + 1).padStart(3)}  ${entryText(candidate)}`),
      ...(more > 0 ? [`     and ${more} more`] : []),
      "number, or words to look for (nothing leaves): ",
    ];
    const typed = await system.promptLine(lines.join("\n"));
    if (typed === undefined) return "no-terminal";
    const text = typed.trim();
    if (text === "") return undefined;
    const numbered = /^\d{1,2}$/.test(text) ? listed[Number(text) - 1] : undefined;
    if (numbered !== undefined) return numbered;
    const found = containing(wordsOf(text), all);
    const [only] = found;
    if (only !== undefined && found.length === 1) return all.at(only);
    // Nothing matches: the list stays.
    if (found.length > 0) shown = found;
  }
}
