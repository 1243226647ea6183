/**
 * Quoting for shells: each function writes a value in one shell's syntax so that the shell reads it back byte for byte.
 * Values that need no quotes (nearly all keys and tokens) stay bare. A function returns undefined for a value that its
 * syntax cannot express.
 */

/**
 * Values that every shell here reads as they are. `=` must not come first nor follow a colon: there zsh replaces `=name`
 * by the path of that command.
 */
const PLAIN = /^[\w@+.,/-](?:[\w@+=.,/-]|:(?!=))*$/;

/** An environment variable cannot hold it. */
const NUL = "\0";

/**
 * The text as one word for a POSIX shell, for a command in a hint that the person pastes. Unlike `quotePosix()` it leaves
 * `%` bare, as URLs have it.
 */
export function shellWord(text: string): string {
  return PLAIN.test(text.replaceAll("%", "")) ? text : singleQuoted(text);
}

/** For bash, dash and zsh. Between single quotes no character is special; a single quote itself goes outside, escaped. */
export function quotePosix(value: string): string | undefined {
  if (value.includes(NUL)) return undefined;
  return PLAIN.test(value) ? value : singleQuoted(value);
}

function singleQuoted(value: string): string {
  if (value === "") return "''";
  return value
    .split("'")
    .map((part) => (part === "" ? "" : `'${part}'`))
    .join("\\'");
}

/** For fish. Between single quotes a backslash escapes a single quote and itself, and nothing else is special. */
export function quoteFish(value: string): string | undefined {
  if (value.includes(NUL)) return undefined;
  return PLAIN.test(value) ? value : `'${value.replace(/['\\]/g, "\\$&")}'`;
}

/**
 * For `NAME=VALUE` files, which a shell may read too. Programs read them line by line, so they cannot express a control
 * character.
 */
export function quoteEnvFile(value: string): string | undefined {
  return /\p{Cc}/u.test(value) ? undefined : quotePosix(value);
}

/**
 * For PowerShell, always in quotes. Between single quotes only single quotes are special: they are doubled, and
 * PowerShell takes the typographic ones for the plain one. `… | Invoke-Expression` runs line by line, so a control
 * character is refused.
 */
export function quotePowerShell(value: string): string | undefined {
  return /\p{Cc}/u.test(value) ? undefined : `'${value.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}

/**
 * The assignment after `SET` of cmd.exe: quotes around the whole assignment keep `& | < > ^` and blanks. cmd.exe reads `%`
 * and `!` differently when typed, in a batch file and with delayed expansion, and after a `"` it reads the rest as syntax,
 * so that these three cannot be expressed.
 */
export function quoteCmdAssignment(name: string, value: string): string | undefined {
  if (/[\p{Cc}"%!]/u.test(value)) return undefined;
  return PLAIN.test(value) ? `${name}=${value}` : `"${name}=${value}"`;
}
