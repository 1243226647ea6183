/**
 * Gives `script` to a shell on its stdin and resolves to what it printed. Rejects when the shell complained,
 * failed, or was still busy after ten seconds.
 */
export async function runShell(argv: readonly string[], script: string): Promise<string> {
  const child = Bun.spawn([...argv], {
    stdin: new Blob([script]),
    stdout: "pipe",
    stderr: "pipe",
    timeout: 10_000,
  });
  const [output, complaints, status] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ]);
  if (status !== 0 || complaints !== "")
    throw new Error(`${argv.join(" ")}: ${status}: ${complaints}${output}`);
  return output;
}

/** For `test.skipIf` in tests whose name says which shell they need. */
export function isMissing(shell: string): boolean {
  return Bun.which(shell) === null;
}
