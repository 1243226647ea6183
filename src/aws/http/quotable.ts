/** What may be repeated of a service's own words. */
import { printable } from "../../lib/printable.ts";

/** What a message shows in the place of a secret that the request held. */
const leftOut = "(a secret, left out)";

/**
 * A service's words on one line without control characters, because the lines of `--verbose` are printed as they
 * are; with the secrets taken out, and cut after `most` characters: the important words come first.
 */
export function quotable(words: string, secrets: readonly string[], most: number): string {
  let text = words;
  // Before the text is cut: half a secret would not be found.
  for (const secret of secrets) {
    if (secret !== "") text = text.replaceAll(secret, leftOut);
  }
  text = printable(text.replace(/\s+/g, " ").trim());
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
