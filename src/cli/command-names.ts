/** The names of the commands, and of all else that is no option: topics of the help, shells. */

export const RUN_COMMANDS = [
  "console",
  "dumpcreds",
  "getcallerid",
  "runas",
  "serve",
  "status",
  "dumpconfig",
  "importcache",
  "login",
  "logout",
  "list",
] as const;
/** The commands that print a script for a shell. */
export const SHELL_COMMANDS = ["completion", "shell-init"] as const;
export const COMMANDS = [...RUN_COMMANDS, "help", "version", ...SHELL_COMMANDS] as const;
/** The commands whose words look for an identity. */
export const WORD_COMMANDS = [
  "console",
  "dumpcreds",
  "getcallerid",
  "runas",
  "serve",
  "status",
  "list",
] as const;
/** What `help` explains besides the commands. */
export const TOPICS = ["sources", "exit-status"] as const;
/** Another name of `dumpcreds --credential-helper`, for the command lines of AWS's own helper. It comes first on the line. */
export const HELPER_COMMAND = "credential-process";
/** Everything that has a page of help. */
export const HELP_NAMES = [...COMMANDS, HELPER_COMMAND, ...TOPICS] as const;
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** A command that works with identities and takes options. */
export type RunCommand = (typeof RUN_COMMANDS)[number];
export type ShellCommand = (typeof SHELL_COMMANDS)[number];
export type Command = (typeof COMMANDS)[number];
export type Topic = (typeof TOPICS)[number];
/** What has a page of help. */
export type HelpName = (typeof HELP_NAMES)[number];
export type Shell = (typeof SHELLS)[number];

/** `word`, if it is one of `names`. A plain loop, as in `findOption()`. */
export function oneOf<T extends string>(names: readonly T[], word: string | undefined): T | undefined {
  for (const name of names) {
    if (name === word) return name;
  }
  return undefined;
}
