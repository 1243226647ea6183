import { errorCode, type FailureKind, isFailure } from "../lib/errors.ts";

const EXIT_STATUS: Readonly<Record<FailureKind, number>> = {
  failed: 1,
  usage: 2,
  "no-credentials": 3,
  "sign-in-needed": 4,
  interrupted: 130,
  unread: 1,
};

/** Longer messages of an unexpected error tend to quote their input. */
const LONGEST_UNEXPECTED = 200;

/** The exit status for anything thrown. An error that is not a Failure is a defect: status 1. */
export function exitStatus(thrown: unknown): number {
  return isFailure(thrown) ? (thrown.exitStatus ?? EXIT_STATUS[thrown.kind]) : 1;
}

/** A line of a report, without its end. */
export interface ReportLine {
  readonly label: "error" | "note" | "hint";
  readonly text: string;
}

/** What was thrown, as lines for stderr: the error first, then notes, then hints. None when the reader has gone. */
export function reportOf(thrown: unknown): ReportLine[] {
  if (!isFailure(thrown)) {
    return [
      { label: "error", text: `unexpected: ${unexpected(thrown)}` },
      {
        label: "hint",
        text: "this is a defect: report it with the options used (no secrets) and what aws-login version says",
      },
    ];
  }
  if (thrown.kind === "unread") return [];
  return [
    { label: "error", text: thrown.message },
    ...thrown.notes.map((text) => ({ label: "note", text }) as const),
    ...thrown.hints.map((text) => ({ label: "hint", text }) as const),
  ];
}

/** The report as plain text. */
export function reportLines(thrown: unknown): string[] {
  return reportOf(thrown).map(({ label, text }) => `aws-login: ${label}: ${text}`);
}

/** The page of help that belongs to the error, if one does. */
export function pageOf(thrown: unknown): string | undefined {
  return isFailure(thrown) ? thrown.page : undefined;
}

/**
 * An unexpected error's own words as far as they can be shown. Their author did not think of secrets, so long messages
 * are dropped and long unbroken runs, as keys and tokens are, are replaced. Of a system error that quotes a long path
 * the words before the path remain ("ENAMETOOLONG: name too long").
 */
function unexpected(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "something that is not an error was thrown";
  const [firstLine = ""] = thrown.message.split(/[\r\n]/, 1);
  if (firstLine === "" || firstLine.length > LONGEST_UNEXPECTED) {
    const [words = ""] = firstLine.split(/, \w+ '/, 1);
    return errorCode(thrown) !== "" && words.length < firstLine.length ? words : thrown.name;
  }
  return firstLine.replace(/[A-Za-z0-9+/=_-]{16,}/g, "…");
}
