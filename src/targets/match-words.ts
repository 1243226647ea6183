/** Which candidates target words mean. Pure. */
import { nearest } from "../lib/suggest.ts";
import { type Candidate, labelOf } from "./candidate.ts";
import { type CandidateList, candidatesAt, labelled } from "./candidate-list.ts";

/**
 * The indexes of the candidates that the words mean, ascending: the profile of exactly that name; else those that are
 * exactly ACCOUNT/ROLE, by the account's name or id; else those in which every word occurs. Without words all of them.
 */
export function matching(words: readonly string[], list: CandidateList): readonly number[] {
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    const named = labelled(only, list).filter((index) => list.at(index).profile === only);
    if (named.length > 0) return named;
    // Only those are looked at that have each part of the word.
    const near = only.includes("/") ? containing(only.split("/"), list) : [];
    const exact = near.filter((index) => isAccountAndRole(list.at(index), only));
    if (exact.length > 0) return exact;
  }
  return containing(words, list);
}

/**
 * The indexes of the candidates in which every word occurs, in any case, ascending: in profile, account name, account id,
 * role or e-mail. With `within` only these are searched.
 */
export function containing(
  words: readonly string[],
  { texts }: Pick<CandidateList, "texts">,
  within?: readonly number[],
): readonly number[] {
  let found = within;
  for (const word of new Set(words.map((each) => each.toLowerCase()))) {
    const having: number[] = [];
    // Loops, because a function that is called for each of ten thousand takes as long as the search.
    if (found === undefined) {
      for (let index = 0; index < texts.length; index++) if (texts[index]?.includes(word)) having.push(index);
    } else {
      for (const index of found) if (texts[index]?.includes(word)) having.push(index);
    }
    found = having;
  }
  return found ?? [...texts.keys()];
}

function isAccountAndRole({ accountId, accountName, roleName }: Candidate, word: string): boolean {
  if (roleName === undefined) return false;
  return word === `${accountId}/${roleName}` || word === `${accountName}/${roleName}`;
}

/** How many names are worth a hint. */
const SUGGESTED = 3;

/**
 * The labels nearest to words that match nothing: those in which most of the words occur, else the one whose profile,
 * account or role is spelled most like one of the words.
 */
export function nearestLabels(words: readonly string[], list: CandidateList): readonly string[] {
  const wanted = words.map((word) => word.toLowerCase());
  const scored = list.texts
    .map((text, index) => ({ index, score: wanted.filter((word) => text.includes(word)).length }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
  if (scored.length > 0) return scored.slice(0, SUGGESTED).map(({ index }) => labelOf(list.at(index)));
  const all = candidatesAt(list, containing([], list));
  const names = all.flatMap(({ profile, accountName, roleName }) => [profile, accountName, roleName]);
  const known = [...new Set(names.filter((name) => name !== undefined))];
  for (const word of words) {
    const meant = nearest(word, known);
    if (meant === undefined) continue;
    return all
      .filter(({ profile, accountName, roleName }) => [profile, accountName, roleName].includes(meant))
      .slice(0, SUGGESTED)
      .map(labelOf);
  }
  return [];
}
