/**
 * What went wrong, in a form that `cli/report.ts` can show to a person and `main.ts` can turn into an exit
 * status. Everything the program throws on purpose is a `Failure`; anything else is a defect.
 */

/**
 * The closed list of outcomes that are not success. The exit statuses are in `cli/report.ts`.
 * - `usage`: the command line contradicts itself or names something that does not exist (2)
 * - `failed`: something was attempted and did not work (1)
 * - `no-credentials`: no source applies, or the profile is missing or empty (3)
 * - `sign-in-needed`: the user must sign in, and this run may not ask for it (4)
 * - `interrupted`: the person pressed Ctrl-C (130)
 * - `unread`: the reader of stdout closed it early (`| head`); the program ends without a message (1)
 */
export type FailureKind = "usage" | "failed" | "no-credentials" | "sign-in-needed" | "interrupted" | "unread";

/** The error in AWS's response, for callers that decide by its code. `status` is the HTTP status. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId?: string;
}

/** A credential source that was not configured. */
export interface SkippedSource {
  readonly source: string;
  readonly why: string;
}

export interface FailureDetails {
  /** The sources that a search for credentials skipped. */
  readonly skipped?: readonly SkippedSource[];
  /** Facts beside the error, one line each: the caller identity, the request id. */
  readonly notes?: readonly string[];
  /** The next command or setting that helps, one line each. */
  readonly hints?: readonly string[];
  readonly cause?: unknown;
  /** Present when AWS responded with an error. */
  readonly serviceError?: ServiceError | undefined;
  /** Replaces the exit status of the kind, for a command that documents another. */
  readonly exitStatus?: number | undefined;
  /** A page of text to print after the error, as it stands: the help. */
  readonly page?: string | undefined;
}

/**
 * `message` reads "what was attempted: why it failed": lower case, no final period, no secret.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;
  readonly notes: readonly string[];
  readonly hints: readonly string[];
  readonly skipped: readonly SkippedSource[];
  readonly serviceError: ServiceError | undefined;
  readonly exitStatus: number | undefined;
  readonly page: string | undefined;

  constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.notes = details.notes ?? [];
    this.hints = details.hints ?? [];
    this.skipped = details.skipped ?? [];
    this.serviceError = details.serviceError;
    this.exitStatus = details.exitStatus;
    this.page = details.page;
  }
}

/** Whether it is a Failure of any file of the executable: more than one has a copy of this module. */
export function isFailure(thrown: unknown): thrown is Failure {
  return thrown instanceof Error && thrown.name === "Failure";
}

/**
 * The failure of an attempt that failed for `reason`: of the same kind, with the same service error and exit status, and
 * with the given notes and hints before those of `reason`.
 */
export function attempted(
  reason: Failure,
  attempt: string,
  { notes = [], hints = [] }: Pick<FailureDetails, "notes" | "hints"> = {},
): Failure {
  return new Failure(reason.kind, `${attempt}: ${reason.message}`, {
    notes: [...notes, ...reason.notes],
    hints: [...hints, ...reason.hints],
    cause: reason,
    serviceError: reason.serviceError,
    exitStatus: reason.exitStatus,
  });
}

/** The code of a system's error (`ENOENT`), or "" when it has none. */
export function errorCode(error: unknown): string {
  const has = typeof error === "object" && error !== null && "code" in error;
  return has && typeof error.code === "string" ? error.code : "";
}

/**
 * The reason that a message gives for anything thrown. A system error loses its call and paths ("ENOSPC: no space left on
 * device, copyfile '/a' -> '/b'"), because the caller's message names the file.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const call = "syscall" in error ? error.message.indexOf(`, ${error.syscall}`) : -1;
  return call < 0 ? error.message : error.message.slice(0, call);
}
