import { Failure } from "../../src/lib/errors.ts";

/** The Failure that `act` throws, or that its promise rejects with. */
export async function failureOf(act: () => unknown): Promise<Failure> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** All that a person could get to see of it. */
export function shownText({ message, notes, hints, serviceError }: Failure): string {
  return [message, ...notes, ...hints, JSON.stringify(serviceError ?? {})].join("\n");
}
