/** Which candidates target words mean. Pure. */
import { nearest } from "../lib/suggest.ts";
import { type Candidate, labelOf } from "./candidate.ts";

/**
 * The candidates that the words mean: the profile of exactly that name; else those that are exactly ACCOUNT/ROLE, by the
 * account's name or id; else those in which every word occurs. Without words all of them.
 */
export function matching(words: readonly string[], candidates: readonly Candidate[]): readonly Candidate[] {
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    const named = candidates.filter(({ profile }) => profile === only);
    if (named.length > 0) return named;
    const exact = only.includes("/")
      ? candidates.filter((candidate) => isAccountAndRole(candidate, only))
      : [];
    if (exact.length > 0) return exact;
  }
  return containing(words, candidates);
}

/** The candidates in which every word occurs, in any case: in profile, account name, account id, role or e-mail. */
export function containing(words: readonly string[], candidates: readonly Candidate[]): readonly Candidate[] {
  const wanted = words.map((word) => word.toLowerCase());
  if (wanted.length === 0) return candidates;
  return candidates.filter((candidate) => {
    const text = searchedText(candidate);
    return wanted.every((word) => text.includes(word));
  });
}

function isAccountAndRole({ accountId, accountName, roleName }: Candidate, word: string): boolean {
  if (roleName === undefined) return false;
  return word === `${accountId}/${roleName}` || word === `${accountName}/${roleName}`;
}

const texts = new WeakMap<Candidate, string>();

/**
 * Cached, because the picker searches anew at each key. A word cannot match across two members. A portal, which has no
 * account, is found by its own names.
 */
function searchedText(candidate: Candidate): string {
  const known = texts.get(candidate);
  if (known !== undefined) return known;
  const { profile = "", accountName = "", accountId = "", roleName = "", email = "" } = candidate;
  const { ssoSession = "", startUrl = "" } = accountId === "" && roleName === "" ? candidate : {};
  const ofPortal = `${ssoSession}\0${startUrl}`;
  const text = `${profile}\0${accountName}\0${accountId}\0${roleName}\0${email}\0${ofPortal}`.toLowerCase();
  texts.set(candidate, text);
  return text;
}

/** How many names are worth a hint. */
const SUGGESTED = 3;

/**
 * The labels nearest to words that match nothing: those in which most of the words occur, else the one whose profile,
 * account or role is spelled most like one of the words.
 */
export function nearestLabels(words: readonly string[], candidates: readonly Candidate[]): readonly string[] {
  const wanted = words.map((word) => word.toLowerCase());
  const scored = candidates
    .map((candidate) => {
      const text = searchedText(candidate);
      return { candidate, score: wanted.filter((word) => text.includes(word)).length };
    })
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
  if (scored.length > 0) return scored.slice(0, SUGGESTED).map(({ candidate }) => labelOf(candidate));
  for (const word of words) {
    const names = candidates.flatMap(({ profile, accountName, roleName }) => [
      profile,
      accountName,
      roleName,
    ]);
    const meant = nearest(word, [...new Set(names.filter((name) => name !== undefined))]);
    if (meant === undefined) continue;
    return candidates
      .filter(({ profile, accountName, roleName }) => [profile, accountName, roleName].includes(meant))
      .slice(0, SUGGESTED)
      .map(labelOf);
  }
  return [];
}
