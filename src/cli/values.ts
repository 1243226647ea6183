import type { TextField } from "./options.ts";

/** Seconds. The longest is what GetSessionToken and GetFederationToken allow; a role's own limit is lower. */
const SHORTEST_SESSION = 900;
const LONGEST_SESSION = 129_600;

export const DURATION_RULE = `a whole number of seconds from ${SHORTEST_SESSION} to ${LONGEST_SESSION}`;

/** The number of seconds that `text` says, or undefined when it breaks `DURATION_RULE`. */
export function durationSeconds(text: string): number | undefined {
  if (!/^[0-9]{1,9}$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds >= SHORTEST_SESSION && seconds <= LONGEST_SESSION ? seconds : undefined;
}

/**
 * What the value of an option must be, or undefined when `value` is acceptable. Lengths and characters are those
 * of the STS model; a region becomes part of a host name, so only a DNS label may pass.
 */
export function brokenRule(field: TextField, value: string): string | undefined {
  const rule = ruleOf(field);
  return rule === undefined || rule.pattern.test(value) ? undefined : rule.says;
}

function ruleOf(field: TextField): { pattern: RegExp; says: string } | undefined {
  switch (field) {
    case "ssoAcctId":
      return { pattern: /^[0-9]{12}$/, says: "exactly 12 digits" };
    case "region":
    case "ssoRegion":
      return {
        pattern: /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
        says: "the name of a region, for example eu-west-1",
      };
    case "roleSessionName":
    case "sourceIdentity":
      return {
        pattern: /^[A-Za-z0-9_+=,.@-]{2,64}$/,
        says: "2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -",
      };
    case "externalId":
      return {
        pattern: /^[A-Za-z0-9_+=,.@:/-]{2,1224}$/,
        says: "2 to 1224 characters of A-Z a-z 0-9 _ + = , . @ : / -",
      };
    case "mfaSerial":
      return {
        pattern: /^[A-Za-z0-9_+=/:,.@-]{9,256}$/,
        says: "the ARN of an MFA device, or the serial number of a hardware token",
      };
    case "mfaToken":
      return { pattern: /^[0-9]{6}$/, says: "the six digits that the MFA device shows" };
    case "ssoSessionName":
      return {
        pattern: /^[A-Za-z0-9_.@%+=:,/-]+$/,
        says: "a section name of characters A-Z a-z 0-9 _ . @ % + = : , / -",
      };
    default:
      return undefined;
  }
}
