/**
 * How a value is written so that a shell reads it back byte for byte. Each function says a value in one syntax,
 * bare where that is safe (keys and tokens nearly always are), or answers undefined when it cannot be said there.
 */

/** `=` not first and no `:`: at the start and after a colon zsh replaces `=name` by the path of that command. */
const PLAIN = /^[A-Za-z0-9_@+.,/-][A-Za-z0-9_@+=.,/-]*$/;

/** No environment variable can hold it. */
const NUL = "\0";

/** bash, dash, zsh. Nothing is special between single quotes; a single quote itself stands outside, escaped. */
export function quotePosix(value: string): string | undefined {
  if (value.includes(NUL)) return undefined;
  if (PLAIN.test(value)) return value;
  if (value === "") return "''";
  return value
    .split("'")
    .map((part) => (part === "" ? "" : `'${part}'`))
    .join("\\'");
}

/** fish. Between single quotes a backslash escapes a single quote and itself, and nothing else is special. */
export function quoteFish(value: string): string | undefined {
  if (value.includes(NUL)) return undefined;
  return PLAIN.test(value) ? value : `'${value.replace(/['\\]/g, "\\$&")}'`;
}

/**
 * `NAME=VALUE` files, which a shell may read too. They are read line by line, so no control character can be
 * said.
 */
export function quoteEnvFile(value: string): string | undefined {
  return /\p{Cc}/u.test(value) ? undefined : quotePosix(value);
}

/**
 * PowerShell, always quoted. Between single quotes only they are special, doubled, and PowerShell takes the
 * typographic ones for the plain one. A line break could be said, but `… | Invoke-Expression` runs line by line.
 */
export function quotePowerShell(value: string): string | undefined {
  return /\p{Cc}/u.test(value) ? undefined : `'${value.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}

/**
 * The assignment after `SET` of cmd.exe: quotes around the whole of it keep `& | < > ^` and blanks. There is no
 * spelling of `%` and `!` that means the same typed, in a batch file and with delayed expansion, and none of `"` that
 * keeps what follows it from being read as syntax.
 */
export function quoteCmdAssignment(name: string, value: string): string | undefined {
  if (/[\p{Cc}"%!]/u.test(value)) return undefined;
  return PLAIN.test(value) ? `${name}=${value}` : `"${name}=${value}"`;
}
