import type { Options } from "../../src/cli/options.ts";
import { parse } from "../../src/cli/parse.ts";

/** What a command gets for these words. */
export function optionsOf(line: string): Options {
  const invocation = parse(line.split(" "));
  if (!("options" in invocation)) throw new Error(`${line} is no command with options`);
  return invocation.options;
}
