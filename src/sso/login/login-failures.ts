/** Why a login fails for the person's part in it. `login()` says before it which portal the login was for. Pure. */
import { Failure } from "../../lib/errors.ts";

/** The person, or the service on the person's behalf, refused the request. */
export function refusedInBrowser(): Failure {
  return new Failure("failed", "the request was refused in the browser", {
    hints: ["run the command again, and approve the request"],
  });
}

/** The browser came back with another error of OAuth than a refusal. */
export function browserError(error: string): Failure {
  // The browser sends this word: only text in the form of an OAuth error is shown.
  const name = /^[a-z_]{1,60}$/.test(error) ? error : "an error of no known name";
  return new Failure("failed", `the browser came back with ${name}`);
}

/** No browser came back in time. */
export function noBrowserCame(milliseconds: number): Failure {
  return new Failure("failed", `no browser came back within ${milliseconds / 60_000} minutes`, {
    hints: ["use a browser on any machine instead, with --use-device-code"],
  });
}

/** The device code ended before the person approved it. */
export function codeExpired(seconds: number): Failure {
  return new Failure("failed", `the code was not approved within ${inWords(seconds)}`, {
    hints: ["run the command again, and approve the new code in the browser"],
  });
}

/** Seconds as a person says them. */
export function inWords(seconds: number): string {
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
