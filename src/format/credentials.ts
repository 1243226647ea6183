/** The text of `dumpcreds`: variables to set in a shell, or JSON. */

import { credentialMembers } from "../lib/credential-process-json.ts";
import type { Credentials } from "../lib/credentials.ts";
import { Failure } from "../lib/errors.ts";
import { jsonText } from "../lib/json-text.ts";
import type { Outform } from "../lib/option-choices.ts";
import { quoteCmdAssignment, quoteEnvFile, quoteFish, quotePosix, quotePowerShell } from "../lib/quoting.ts";

interface Syntax {
  /** What stands before the variables, newline included. */
  readonly heading: string;
  /** The line that sets a variable, or undefined when the value cannot be said in this syntax. */
  readonly set: (name: string, value: string) => string | undefined;
  /** The line that takes a variable away. */
  readonly unset: (name: string) => string;
}

const HEADING = "Your session credentials are...\n";

const posix: Syntax = {
  heading: `# ${HEADING}`,
  set: (name, value) => after(`export ${name}=`, quotePosix(value)),
  unset: (name) => `unset ${name}`,
};

const syntaxes: Readonly<Record<Exclude<Outform, "json">, Syntax>> = {
  linux: posix,
  mac: posix,
  windows: {
    heading: `REM ${HEADING}`,
    set: (name, value) => after("SET ", quoteCmdAssignment(name, value)),
    unset: (name) => `SET ${name}=`,
  },
  powershell: {
    heading: `# ${HEADING}`,
    set: (name, value) => after(`$Env:${name}=`, quotePowerShell(value)),
    unset: (name) => `$Env:${name}=$null`,
  },
  fish: {
    heading: `# ${HEADING}`,
    set: (name, value) => after(`set -gx ${name} `, quoteFish(value)),
    // Erasing what is not set has status 4, which would become the status of `… | source`.
    unset: (name) => `set -e ${name}; or true`,
  },
  env: {
    heading: "",
    set: (name, value) => after(`${name}=`, quoteEnvFile(value)),
    // Such a file has no way to unset. The SDKs take an empty token for none, and it covers an inherited one.
    unset: (name) => `${name}=`,
  },
};

/**
 * Every line ends in a newline. Credentials without a token take away a token that is there already: an old
 * token beside new keys makes AWS refuse both. Throws a Failure when a value cannot be said in the asked form.
 */
export function formatCredentials(credentials: Credentials, outform: Outform): string {
  if (outform === "json") return `${jsonText(credentialMembers(credentials), 4)}\n`;
  const syntax = syntaxes[outform];
  const line = (name: string, value: string | undefined): string => {
    const text = value === undefined ? syntax.unset(name) : syntax.set(name, value);
    if (text === undefined) throw unsayable(name, outform);
    return `${text}\n`;
  };
  return (
    syntax.heading +
    line("AWS_ACCESS_KEY_ID", credentials.accessKeyId) +
    line("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey) +
    line("AWS_SESSION_TOKEN", credentials.sessionToken)
  );
}

function after(start: string, quoted: string | undefined): string | undefined {
  return quoted === undefined ? undefined : start + quoted;
}

function unsayable(name: string, outform: Outform): Failure {
  return new Failure(
    "failed",
    `cannot print ${name} with --outform ${outform}: its value holds a character that this syntax cannot express`,
    { hints: ["take a form that can express any value: --outform json"] },
  );
}
