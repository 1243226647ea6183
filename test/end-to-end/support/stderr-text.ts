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

/** What is said where no source of credentials applies in an empty home; `metadata` is why instance metadata does not. */
export function nothingFound(home: string, metadata: string): string {
  return stderrText({
    error: "no credentials found",
    notes: [
      "environment: AWS_ACCESS_KEY_ID is not set",
      `profile default: neither ${home}/.aws/config nor ${home}/.aws/credentials has it`,
      "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set, and --web-identity-token is not given",
      "Roles Anywhere: --certificate is not given",
      "container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
      `instance metadata: ${metadata}`,
    ],
    hints: [
      "name a profile with --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure",
      "for Identity Center, write profiles with: aws-login dumpconfig --start-url URL --write",
    ],
  });
}

/** The same text with what differs from run to run replaced: request ids and milliseconds. */
export function masked(stderr: string): string {
  return stderr
    .replace(/request [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "request ID")
    .replace(/\b\d+ ms\b/g, "N ms");
}
