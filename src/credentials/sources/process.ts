/** `credential_process`: the command of a profile, and its run. */
import { type Profile, type Property, propertyLocation, propertyOf } from "../../config/section.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import { optional } from "../../lib/optional.ts";
import type { HelperEnd, System } from "../../system/types.ts";
import { chainVariable, extendedChain } from "../profile-chain.ts";
import { readProcessOutput } from "./process-output.ts";

/** `credential_process`. */
export interface ProcessSource {
  readonly kind: "process";
  /** "profile dev (…/config:12)". */
  readonly from: string;
  readonly command: string;
  /** Says where a comment ends the command in its line; absent without a comment. */
  readonly cutAt?: string;
  /** The profile's `aws_account_id`, for a command that tells none. */
  readonly accountId: string | undefined;
}

/** How much of the command's stderr an error shows: the last lines say what went wrong. */
const shownLines = 5;
const shownCharacters = 1000;

const SAID = "the command said: ";
/** How this program begins the lines of a command that it ran itself. */
const REPEATED = new RegExp(`^(?:aws-login: note: ${SAID})+`);

/**
 * A profile whose command runs this program for a profile whose command does so too is of use; a chain of so many is one
 * without an end. The variable of `extendedChain` names the profiles of such a chain, but a command may clear it.
 */
const deepestNesting = 10;

/** Undefined when the profile has no command. */
export function processSource(profile: Profile): ProcessSource | undefined {
  const setting = propertyOf(profile, "credential_process");
  if (setting === undefined) return undefined;
  return {
    kind: "process",
    from: `profile ${profile.name} (${propertyLocation(setting)})`,
    // A shell reads a continued line as the next command; the AWS CLI reads the line end as a blank.
    command: setting.value.replace(/\r?\n/g, " "),
    ...optional("cutAt", cutAt(setting)),
    accountId: propertyOf(profile, "aws_account_id")?.value,
  };
}

/** A shell takes a # or ; in quotes for text; readers of these files end the value there. */
function cutAt(setting: Property): string | undefined {
  const { comment } = setting;
  if (comment === undefined) return undefined;
  return `the command ends before the ${comment.sign} in column ${comment.column} of ${propertyLocation(setting)}, where a comment begins, in quotes too`;
}

/**
 * Runs the command in the caller's environment. Throws a Failure that shows how it ended and the end of its stderr, and
 * never its stdout.
 */
export async function acquireFromProcess(
  source: ProcessSource,
  system: Pick<System, "env" | "runHelper" | "nestingDepth" | "now">,
  trace: (line: string) => void,
): Promise<Credentials> {
  const step = source.from.replace(/^profile /, "");
  const env = { ...system.env, [chainVariable]: extendedChain(system.env, step) };
  const depth = await system.nestingDepth();
  if (depth >= deepestNesting) throw nestedTooDeep(source, depth);
  const started = system.now();
  let end: HelperEnd;
  try {
    end = await system.runHelper(source.command, env);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw failure(source, reasonOf(error), undefined, error);
  }
  const outcome = end.status === undefined ? `ended by ${end.signal}` : `exit status ${end.status}`;
  trace(`credential_process of ${source.from}: ${outcome}, ${Math.round(system.now() - started)} ms`);
  if (end.stdout === undefined || end.stderr === undefined) {
    throw failure(source, "it printed more than credentials or an error can be", end.stderr);
  }
  if (end.status !== 0) throw failure(source, `the command failed (${outcome})`, end.stderr);
  const credentials = readProcessOutput(end.stdout);
  if ("why" in credentials) throw failure(source, credentials.why, end.stderr);
  const { expiration } = credentials;
  if (expiration !== undefined && expiration <= system.now()) {
    throw failure(source, `what it printed expired at ${formatIsoTime(expiration)}`, end.stderr);
  }
  return { ...credentials, ...optional("accountId", credentials.accountId ?? source.accountId) };
}

function nestedTooDeep({ from }: ProcessSource, depth: number): Failure {
  return new Failure(
    "failed",
    `cannot run the credential_process of ${from}: aws-login runs inside ${depth} others already, so the commands start each other without end`,
    { hints: ["let the command name another profile, one with credentials of its own"] },
  );
}

function failure(source: ProcessSource, why: string, stderr: string | undefined, cause?: unknown): Failure {
  return new Failure(
    "failed",
    `cannot get credentials from the credential_process of ${source.from}: ${why}`,
    {
      notes: [
        ...complaint(stderr ?? "").map((line) => `${SAID}${line}`),
        ...(source.cutAt === undefined ? [] : [source.cutAt]),
      ],
      hints: [
        source.cutAt === undefined
          ? "run the command yourself to see what it says"
          : "put the command into a script, and the path of the script into credential_process",
      ],
      cause,
    },
  );
}

/**
 * The last lines of the command's stderr. Where the command is this program, whose command failed in turn, the same lines
 * come from each, so that only the first of equal ones counts.
 */
function complaint(stderr: string): string[] {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim().replace(REPEATED, ""))
    .filter((line) => line !== "");
  return [...new Set(lines)]
    .slice(-shownLines)
    .map((line) => (line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line));
}
