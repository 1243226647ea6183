/** What the program says on stderr when it fails. */

export interface Report {
  readonly error: string;
  readonly notes?: readonly string[];
  readonly hints?: readonly string[];
}

/** The whole of stderr for a failure: one error, then notes, then hints. */
export function stderrText({ error, notes = [], hints = [] }: Report): string {
  const lines = [
    `error: ${error}`,
    ...notes.map((note) => `note: ${note}`),
    ...hints.map((hint) => `hint: ${hint}`),
  ];
  return lines.map((line) => `aws-login: ${line}\n`).join("");
}

/** The same text with what differs from run to run replaced: request ids and milliseconds. */
export function masked(stderr: string): string {
  return stderr
    .replace(/request [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "request ID")
    .replace(/\b\d+ ms\b/g, "N ms");
}
