/** Texts that are almost right: a sample with a few things done to it. All chance comes from outside. */

import { LONG, NESTS, ODD } from "./odd-texts.ts";

/** A fraction in [0, 1). */
export type Chance = () => number;

/**
 * One of the samples after one to four mutations; one in a hundred stays as it is, so that a reader that refuses
 * everything is noticed.
 */
export function mutated(samples: readonly string[], random: Chance): string {
  let text = pick(samples, random);
  if (random() < 0.01) return text;
  const rounds = 1 + below(random() < 0.5 ? 1 : 4, random);
  for (let round = 0; round < rounds; round++) text = pick(MUTATIONS, random)(text, random, samples);
  return text;
}

/** A list of words after one to three mutations; words are changed, doubled, dropped, moved or taken from `pool`. */
export function mutatedWords(
  samples: readonly (readonly string[])[],
  pool: readonly string[],
  random: Chance,
): string[] {
  const words = [...pick(samples, random)];
  for (let round = below(4, random); round > 0; round--) {
    const at = below(words.length + 1, random);
    const word = words[at] ?? "";
    const [drop, add] = pick<[number, string[]]>(
      [
        [1, []],
        [0, [pick(pool, random)]],
        [0, [pick(pool, random), pick(pool, random)]],
        [1, [pick(pool, random)]],
        [0, [pick(words.length === 0 ? pool : words, random)]],
        [1, [mutated([word], random)]],
        [1, [`${word}=${pick(pool, random)}`]],
        [1, word.split("=", 2)],
      ],
      random,
    );
    words.splice(at, drop, ...add);
  }
  // No program can be given a word with a NUL in it.
  return words.map((word) => word.replaceAll("\0", ""));
}

export function pick<T>(from: readonly T[], random: Chance): T {
  const picked = from[below(from.length, random)];
  if (picked === undefined) throw new Error("there is nothing to choose from");
  return picked;
}

/** A whole number in [0, limit). */
export function below(limit: number, random: Chance): number {
  return Math.floor(random() * limit);
}

type Mutation = (text: string, random: Chance, samples: readonly string[]) => string;

const flipBit: Mutation = (text, random) => {
  const at = below(text.length, random);
  const flipped = String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << below(8, random)));
  return text.slice(0, at) + flipped + text.slice(at + 1);
};

const cutPiece: Mutation = (text, random) => {
  const [from, to] = range(text, random);
  return text.slice(0, from) + text.slice(to);
};

const cutEnd: Mutation = (text, random) => text.slice(0, below(text.length + 1, random));

const cutCharacter: Mutation = (text, random) => {
  const at = below(text.length, random);
  return text.slice(0, at) + text.slice(at + 1);
};

const repeatPiece: Mutation = (text, random) => {
  const [from, to] = range(text, random);
  return text.slice(0, to) + text.slice(from, to).repeat(1 + below(4, random)) + text.slice(to);
};

/** A short piece very often: what takes time by the square of it is noticed. */
const stretch: Mutation = (text, random) => {
  if (random() < 0.9) return repeatPiece(text, random, []);
  const at = below(text.length, random);
  const piece = text.slice(at, at + 1 + below(3, random));
  return (
    text.slice(0, at) +
    piece.repeat(below(length(random) / Math.max(1, piece.length), random)) +
    text.slice(at)
  );
};

const splice: Mutation = (text, random, samples) => {
  const other = pick(samples, random);
  return text.slice(0, below(text.length + 1, random)) + other.slice(below(other.length + 1, random));
};

const insertOdd: Mutation = (text, random) => insert(text, pick(ODD, random), random);

const insertLong: Mutation = (text, random) =>
  random() < 0.9
    ? insertOdd(text, random, [])
    : insert(text, pick(LONG, random).repeat(below(length(random) / 2, random)), random);

const nest: Mutation = (text, random) => {
  if (random() < 0.9) return swapTokens(text, random, []);
  const [open, close] = pick(NESTS, random);
  const depth = 1 + below(random() < 0.5 ? 50 : 30_000, random);
  const [from, to] = range(text, random);
  return (
    text.slice(0, from) + open.repeat(depth) + text.slice(from, to) + close.repeat(depth) + text.slice(to)
  );
};

const swapTokens: Mutation = (text, random) => changeToken(text, random, (tokens) => pick(tokens, random));

const replaceToken: Mutation = (text, random) => changeToken(text, random, () => pick(ODD, random));

const doubleLine: Mutation = (text, random) => {
  const lines = text.split(/(?<=\n)/);
  const line = pick(lines, random);
  lines.splice(below(lines.length + 1, random), random() < 0.5 ? 0 : 1, line);
  return lines.join("");
};

/** Carriage returns at the line ends, as an editor on Windows leaves them; sometimes nothing else. */
const otherLineEnds: Mutation = (text, random) => text.replaceAll("\n", pick(["\r\n", "\r", "\n\n"], random));

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  flipBit,
  cutPiece,
  cutEnd,
  cutCharacter,
  repeatPiece,
  stretch,
  splice,
  insertOdd,
  insertLong,
  nest,
  swapTokens,
  replaceToken,
  replaceToken,
  doubleLine,
  otherLineEnds,
];

/** Characters: mostly some ten thousands, one time in twenty a million. */
function length(random: Chance): number {
  return random() < 0.05 ? 1_000_000 : 60_000;
}

function range(text: string, random: Chance): readonly [number, number] {
  const from = below(text.length + 1, random);
  const longest = random() < 0.7 ? 24 : text.length;
  return [from, Math.min(text.length, from + below(longest + 1, random))];
}

function insert(text: string, what: string, random: Chance): string {
  const at = below(text.length + 1, random);
  return text.slice(0, at) + what + text.slice(at);
}

/** Words, blanks and single signs are tokens, a text in quotes is one. */
function changeToken(text: string, random: Chance, change: (tokens: readonly string[]) => string): string {
  // What has been stretched already is not worth taking apart.
  if (text.length > 10_000) return text;
  const tokens = text.match(/"[^"\n]*"|[\w.+-]+|\s+|./gsu) ?? [""];
  tokens[below(tokens.length, random)] = change(tokens);
  return tokens.join("");
}
