/**
 * Candidates in a stable order. A person with ten thousand of them looks at one page, so the list is searched as text, and
 * an object is made only of a candidate that is looked at. Pure.
 */
import { compareCodePoints } from "../lib/code-point-order.ts";
import { type Candidate, sortKey } from "./candidate.ts";

export interface CandidateList {
  readonly length: number;
  /** What words are looked for in, of each candidate: its members in lower case, apart. */
  readonly texts: readonly string[];
  /** Throws a RangeError for an index that the list does not have. */
  at(index: number): Candidate;
  /** The `sortKey()` of the candidate. The keys ascend. */
  keyAt(index: number): string;
}

/** The candidates in the order of their keys. */
export function candidateList(candidates: readonly Candidate[]): CandidateList {
  const sorted = candidates
    .map((candidate) => ({ candidate, key: sortKey(candidate) }))
    .sort((one, other) => compareCodePoints(one.key, other.key));
  const found = (index: number) => inList(sorted[index], index);
  return {
    length: sorted.length,
    texts: sorted.map(({ candidate }) => searchedText(candidate)),
    at: (index) => found(index).candidate,
    keyAt: (index) => found(index).key,
  };
}

/** What the list has at the index. Throws a RangeError where that is undefined. */
export function inList<T>(item: T | undefined, index: number): T {
  if (item === undefined) throw new RangeError(`there is no candidate ${index}`);
  return item;
}

/** A word cannot match across two members. A portal, which has no account, is found by its own names. */
export function searchedText(candidate: Candidate): string {
  const { profile = "", accountName = "", accountId = "", roleName = "", email = "" } = candidate;
  const { ssoSession = "", startUrl = "" } = accountId === "" && roleName === "" ? candidate : {};
  const ofPortal = `${ssoSession}\0${startUrl}`;
  return `${profile}\0${accountName}\0${accountId}\0${roleName}\0${email}\0${ofPortal}`.toLowerCase();
}

/** The candidates at these indexes. */
export function candidatesAt(list: CandidateList, indexes: readonly number[]): readonly Candidate[] {
  return indexes.map((index) => list.at(index));
}

/** The index of the candidate with this key; undefined where the list has none. */
export function indexOfKey(list: CandidateList, key: string): number | undefined {
  const index = firstFrom(list, key, 0);
  return index < list.length && list.keyAt(index) === key ? index : undefined;
}

/** The indexes of the candidates whose label is exactly this. */
export function labelled(label: string, list: CandidateList): readonly number[] {
  const found: number[] = [];
  const begin = `${label}\0`;
  for (let at = firstFrom(list, begin, 0); at < list.length && list.keyAt(at).startsWith(begin); at++)
    found.push(at);
  return found;
}

/** The candidates of both lists. The time grows with the shorter one, and little with the longer. */
export function mergedLists(one: CandidateList, other: CandidateList): CandidateList {
  const [long, short] = one.length < other.length ? [other, one] : [one, other];
  const slices: Slice[] = [];
  let from = 0;
  for (let index = 0; index < short.length; index++) {
    const to = firstFrom(long, short.keyAt(index), from);
    slices.push({ list: long, from, to }, { list: short, from: index, to: index + 1 });
    from = to;
  }
  slices.push({ list: long, from, to: long.length });
  return joined(slices);
}

/** The list without the candidates at these indexes, which ascend. */
export function withoutIndexes(list: CandidateList, indexes: readonly number[]): CandidateList {
  if (indexes.length === 0) return list;
  const ends = [...indexes, list.length];
  return joined(ends.map((to, at) => ({ list, from: at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, to })));
}

/** A part of a list: from an index to the one before `to`. */
interface Slice {
  readonly list: CandidateList;
  readonly from: number;
  readonly to: number;
}

/** The slices, one after the other, as one list. */
function joined(all: readonly Slice[]): CandidateList {
  const slices = all.filter(({ from, to }) => to > from);
  const starts: number[] = [];
  let length = 0;
  for (const { from, to } of slices) {
    starts.push(length);
    length += to - from;
  }
  const find = (index: number) => {
    const at = firstWhere(starts.length, 0, (start) => (starts[start] ?? 0) > index) - 1;
    const { list, from, to } = inList(slices[at], index);
    const found = from + index - (starts[at] ?? 0);
    if (found >= to) throw new RangeError(`there is no candidate ${index}`);
    return { list, index: found };
  };
  return {
    length,
    texts: slices.flatMap(({ list, from, to }) => list.texts.slice(from, to)),
    at: (index) => {
      const found = find(index);
      return found.list.at(found.index);
    },
    keyAt: (index) => {
      const found = find(index);
      return found.list.keyAt(found.index);
    },
  };
}

/** The first index from `from` on whose key is not below this one. Near ones are looked at first. */
function firstFrom(list: CandidateList, key: string, from: number): number {
  let step = 1;
  while (from + step < list.length && compareCodePoints(list.keyAt(from + step), key) < 0) step *= 2;
  const low = from + Math.floor(step / 2);
  return firstWhere(
    Math.min(from + step, list.length),
    low === from ? from : low,
    (index) => compareCodePoints(list.keyAt(index), key) >= 0,
  );
}

/** The first index from `low` on for which `isAfter` is true; `high` where there is none. Once true, it stays true. */
function firstWhere(high: number, low: number, isAfter: (index: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isAfter(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
