import { errorCode, Failure, type FailureKind } from "../lib/errors.ts";

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

/** The exit status for whatever was thrown. An error that is not a Failure is a defect, and a plain failure. */
export function exitStatus(thrown: unknown): number {
  return thrown instanceof Failure ? (thrown.exitStatus ?? EXIT_STATUS[thrown.kind]) : 1;
}

/** What was thrown, as lines for stderr, without line ends: the error first, then notes, then hints. May be none. */
export function reportLines(thrown: unknown): string[] {
  if (!(thrown instanceof Failure)) {
    return [
      line("error", `unexpected: ${unexpected(thrown)}`),
      line(
        "hint",
        "this is a defect: report it with the options used (no secrets) and what aws-login version says",
      ),
    ];
  }
  if (thrown.kind === "unread") return [];
  return [
    line("error", thrown.message),
    ...thrown.notes.map((note) => line("note", note)),
    ...thrown.hints.map((hint) => line("hint", hint)),
  ];
}

function line(label: "error" | "note" | "hint", text: string): string {
  return `aws-login: ${label}: ${text}`;
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
