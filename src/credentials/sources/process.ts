/** Runs a `credential_process`, a command of the person's own that prints credentials. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import type { HelperEnd, System } from "../../system/types.ts";
import { chainVariable, extendedChain } from "../profile-chain.ts";
import { readProcessOutput } from "./process-output.ts";
import type { ProcessSource } from "./types.ts";

/** Of a helper's complaint, the last lines: what came before is seldom what went wrong. */
const shownLines = 5;
const shownCharacters = 1000;

/**
 * Runs the command in the caller's environment. Throws a Failure that shows how it ended and the end of its stderr, and
 * never its stdout.
 */
export async function acquireFromProcess(
  start: ProcessSource,
  system: Pick<System, "env" | "runHelper" | "now">,
  trace: (line: string) => void,
): Promise<Credentials> {
  const step = start.from.replace(/^profile /, "");
  const env = { ...system.env, [chainVariable]: extendedChain(system.env, step) };
  const started = system.now();
  let end: HelperEnd;
  try {
    end = await system.runHelper(start.command, env);
  } catch (error) {
    const why = reasonOf(error);
    throw failure(start, `no shell can be started: ${why}`, undefined, error);
  }
  const outcome = end.status === undefined ? `ended by ${end.signal}` : `exit status ${end.status}`;
  trace(`credential_process of ${start.from}: ${outcome}, ${Math.round(system.now() - started)} ms`);
  if (end.stdout === undefined || end.stderr === undefined) {
    throw failure(start, "it printed more than credentials or an error can be", end.stderr);
  }
  if (end.status !== 0) throw failure(start, `the command failed (${outcome})`, end.stderr);
  const credentials = readProcessOutput(end.stdout);
  if ("why" in credentials) throw failure(start, credentials.why, end.stderr);
  const { expiration } = credentials;
  if (expiration !== undefined && expiration <= system.now()) {
    throw failure(start, `what it printed expired at ${new Date(expiration).toISOString()}`, end.stderr);
  }
  const accountId = credentials.accountId ?? start.accountId;
  return accountId === undefined ? credentials : { ...credentials, accountId };
}

function failure(start: ProcessSource, why: string, stderr: string | undefined, cause?: unknown): Failure {
  return new Failure(
    "failed",
    `cannot get credentials from the credential_process of ${start.from}: ${why}`,
    {
      notes: [
        ...complaint(stderr ?? "").map((line) => `the command said: ${line}`),
        ...(start.cutAt === undefined ? [] : [start.cutAt]),
      ],
      hints: [
        start.cutAt === undefined
          ? "run the command yourself to see what it says"
          : "put the command into a script, and the path of the script into credential_process",
      ],
      cause,
    },
  );
}

function complaint(stderr: string): string[] {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines
    .slice(-shownLines)
    .map((line) => (line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line));
}
