/** How many times the number of runs that `bun run check` makes: a scale for each kind of run, because they cost unlike. Pure. */

/**
 * What a trial makes many of. `inputs`: texts that a function reads in the process of the test; `runs`: inputs of the
 * executable; `faults` and `kills`: of processes; `secrets`: runs whose traces are searched for secrets.
 */
export const KINDS = ["inputs", "runs", "faults", "kills", "secrets"] as const;
export type Kind = (typeof KINDS)[number];
export type Scales = Readonly<Record<Kind, number>>;

/** As `bun run check` makes them. */
export const USUAL: Scales = { inputs: 1, runs: 1, faults: 1, kills: 1, secrets: 1 };

/** More than 1,000,000 inputs, 10,000 faults and 10,000 kills. */
export const FULL: Scales = { inputs: 25, runs: 10, faults: 22, kills: 20, secrets: 4 };

/**
 * Reads "20" (every kind) or "inputs=25,kills=30" (the kinds that it does not name are as in `otherwise`). Throws for a
 * kind that does not exist and for a number that is not a whole one above zero.
 */
export function parseScales(text: string, otherwise: Scales): Scales {
  if (text === "") return otherwise;
  if (!text.includes("=")) {
    const scale = wholeNumber(text, text);
    return { inputs: scale, runs: scale, faults: scale, kills: scale, secrets: scale };
  }
  const scales = { ...otherwise };
  for (const part of text.split(",")) {
    const [name, number = ""] = part.split("=", 2);
    const kind = KINDS.find((known) => known === name);
    if (kind === undefined) throw new Error(`${part}: a scale is one of ${KINDS.join(", ")}`);
    scales[kind] = wholeNumber(number, part);
  }
  return scales;
}

/** What parseScales() reads: "inputs=25,runs=10,…". */
export function formatScales(scales: Scales): string {
  return KINDS.map((kind) => `${kind}=${scales[kind]}`).join(",");
}

function wholeNumber(text: string, shown: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) === 0) {
    throw new Error(`${shown}: a scale is a whole number above zero`);
  }
  return Number(text);
}
