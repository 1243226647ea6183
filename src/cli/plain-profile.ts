/**
 * Reads the most frequent command line of a profile: `dumpcreds --profile NAME`, with `--credential-helper` before or
 * after. The whole parser costs a start a tenth of its time.
 */
import type { Options } from "./option-record.ts";

export type PlainProfile = Required<Pick<Options, "profile" | "credentialHelper">>;

/** Undefined for every other command line, wrong ones included: `parse()` reads them. */
export function plainProfile(words: readonly string[]): PlainProfile | undefined {
  const isFirst = words[1] === "--credential-helper";
  const credentialHelper = isFirst || words[3] === "--credential-helper";
  if (words[0] !== "dumpcreds" || words.length !== (credentialHelper ? 4 : 3)) return undefined;
  const at = isFirst ? 2 : 1;
  const profile = words[at + 1];
  if (words[at] !== "--profile" || !profile) return undefined;
  // An option in the place of the value; bytes that were lost.
  if (profile.startsWith("-") || profile.includes("\ufffd")) return undefined;
  return { profile, credentialHelper };
}
