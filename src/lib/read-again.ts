/** Reads a file that another program rewrites in place, as the AWS CLI does: for an instant it is empty or cut short. */
import type { System } from "../system/types.ts";

/** Milliseconds: rewriting a small file takes less. */
const rewriteTime = 100;

/** The text, and the value that `parse` finds in it; when it finds none, the file is read once more after 100 ms. */
export async function readAgain<T>(
  system: Pick<System, "sleep">,
  read: () => Promise<string | undefined>,
  parse: (text: string) => T | undefined,
): Promise<{ readonly text: string | undefined; readonly value: T | undefined }> {
  const text = await read();
  const value = text === undefined ? undefined : parse(text);
  if (text === undefined || value !== undefined) return { text, value };
  await system.sleep(rewriteTime);
  const later = await read();
  return { text: later, value: later === undefined ? undefined : parse(later) };
}
