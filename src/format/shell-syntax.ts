/** How each shell sets and unsets a variable. */
import { Failure } from "../lib/errors.ts";
import type { Outform } from "../lib/option-choices.ts";
import { quoteCmdAssignment, quoteEnvFile, quoteFish, quotePosix, quotePowerShell } from "../lib/quoting.ts";

export type ShellOutform = Exclude<Outform, "json">;

export interface Syntax {
  /** What a comment begins with; undefined where the form has none. */
  readonly comment: string | undefined;
  /** The line that sets a variable, or undefined when the syntax cannot express the value. */
  readonly set: (name: string, value: string) => string | undefined;
  /** The line that unsets a variable, or undefined when the syntax has none. */
  readonly unset: (name: string) => string | undefined;
}

/**
 * The lines hold when `eval $(…)` joins them by blanks: `;` ends an unsetting line, and `export` reads the assignments
 * that follow on its line.
 */
const posix: Syntax = {
  comment: "#",
  set: (name, value) => {
    const quoted = quotePosix(value);
    return quoted === undefined ? undefined : `export ${name}=${quoted}`;
  },
  unset: (name) => `unset ${name};`,
};

export const syntaxes: Readonly<Record<ShellOutform, Syntax>> = {
  linux: posix,
  mac: posix,
  windows: {
    comment: "REM",
    set: (name, value) => after("SET ", quoteCmdAssignment(name, value)),
    unset: (name) => `SET ${name}=`,
  },
  powershell: {
    comment: "#",
    set: (name, value) => after(`$Env:${name}=`, quotePowerShell(value)),
    unset: (name) => `$Env:${name}=$null`,
  },
  fish: {
    comment: "#",
    // `eval (…)` joins by blanks too, and `set` takes every word that follows as one more value.
    set: (name, value) => after(`set -gx ${name} `, quoteFish(value), ";"),
    // Erasing a variable that is not set has status 4, which would become the status of `… | source`.
    unset: (name) => `set -e ${name}; or true;`,
  },
  env: {
    comment: undefined,
    set: (name, value) => after(`${name}=`, quoteEnvFile(value)),
    // The form cannot unset. SDKs take an empty token for none, and it hides an inherited one; of the other variables
    // they would read the empty value.
    unset: (name) => (name === "AWS_SESSION_TOKEN" ? `${name}=` : undefined),
  },
};

/** The line that sets a variable. Throws a Failure when the form cannot express the value. */
export function setLine(outform: ShellOutform, name: string, value: string): string {
  const line = syntaxes[outform].set(name, value);
  if (line !== undefined) return line;
  throw new Failure(
    "failed",
    `cannot print ${name} with --outform ${outform}: its value holds a character that this syntax cannot express`,
    { hints: ["choose a form that can express any value: --outform json"] },
  );
}

/** The line that unsets a variable; none where the form has none. */
export function unsetLines(outform: ShellOutform, name: string): string[] {
  const line = syntaxes[outform].unset(name);
  return line === undefined ? [] : [line];
}

function after(start: string, quoted: string | undefined, end = ""): string | undefined {
  return quoted === undefined ? undefined : start + quoted + end;
}
