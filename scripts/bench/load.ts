/** Requests at a steady rate, whether or not the answers keep up with it. */

export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Milliseconds of each request, from the moment at which it is due: what a slow answer holds up counts as slow as well.
 * Each has a connection of its own, as programs that begin have. Throws for a status other than 200.
 */
export async function askSteadily(
  { url, headers }: Target,
  rate: number,
  seconds: number,
): Promise<number[]> {
  const start = performance.now();
  const requests: Promise<number | undefined>[] = [];
  const failures: unknown[] = [];
  const ask = async (due: number) => {
    // A timer may be a moment early.
    const begun = Math.min(due, performance.now());
    const response = await fetch(url, { headers, keepalive: false });
    await response.text();
    if (response.status !== 200) throw new Error(`${url} answers with ${response.status}`);
    return performance.now() - begun;
  };
  for (let number = 0; number < rate * seconds; number++) {
    const due = start + (number * 1000) / rate;
    const left = due - performance.now();
    if (left > 0) await Bun.sleep(left);
    requests.push(
      ask(due).catch((error: unknown) => {
        failures.push(error);
        return undefined;
      }),
    );
  }
  const times = await Promise.all(requests);
  if (failures.length > 0) throw failures[0];
  return times.filter((time) => time !== undefined);
}
