import { Failure } from "../lib/errors.ts";
import { gatheredText } from "./processes/bounded-stream.ts";

/** Bytes. A token is far shorter. */
const LONGEST = 4 * 1024 * 1024;

/** As `System.readStdin`. */
export async function readStdin(): Promise<string> {
  const reader = Bun.stdin.stream().getReader();
  const text = await gatheredText(reader, LONGEST, () => void reader.cancel());
  if (text !== undefined) return text;
  throw new Failure("failed", "cannot read stdin: it is longer than 4 MiB", {
    hints: ["write the token alone to it"],
  });
}
