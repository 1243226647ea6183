import type { Options } from "../../src/cli/option-record.ts";
import { parse } from "../../src/cli/parse.ts";

/** The options as a command gets them from these words. */
export function optionsOf(
  command:
    | "console"
    | "dumpconfig"
    | "dumpcreds"
    | "getcallerid"
    | "importcache"
    | "list"
    | "login"
    | "logout"
    | "runas"
    | "serve"
    | "status",
  ...words: string[]
): Options {
  const invocation = parse(command === "runas" ? [command, ...words, "--", "true"] : [command, ...words]);
  if (!("options" in invocation)) throw new Error(`${command} has no options`);
  return invocation.options;
}

/** Long-term keys in the environment, and no profile. */
export const environmentKeys = {
  HOME: "/home/me",
  AWS_ACCESS_KEY_ID: "AKIASTART",
  AWS_SECRET_ACCESS_KEY: "made/up+start",
};
