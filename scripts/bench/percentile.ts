/** The smallest sample that is not below `part` of all: 0.99 for the 99th percentile. Throws when there is none. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  if (found === undefined) throw new Error("no samples");
  return found;
}
