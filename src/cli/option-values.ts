import type { TextField } from "./options.ts";

/** Seconds. GetSessionToken and GetFederationToken allow the longest; a role's own limit is lower. */
const SHORTEST_SESSION = 900;
const LONGEST_SESSION = 129_600;

export const DURATION_RULE = `a whole number of seconds from ${SHORTEST_SESSION} to ${LONGEST_SESSION}`;

const DIGITS = "0123456789";
const HEXADECIMAL = `${DIGITS}abcdefABCDEF`;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const NAME = `${LETTERS}${DIGITS}_+=,.@-`;

interface Rule {
  readonly says: string;
  /** The characters that a value may contain. */
  readonly of: string;
  readonly shortest: number;
  readonly longest: number;
}

/** The number of seconds in `text`, or undefined when it breaks `DURATION_RULE`. */
export function durationSeconds(text: string): number | undefined {
  if (!consistsOf(text, DIGITS)) return undefined;
  const seconds = Number(text);
  return seconds >= SHORTEST_SESSION && seconds <= LONGEST_SESSION ? seconds : undefined;
}

export const PORT_RULE = "a port number from 1 to 65535";

/** The number in `text`, or undefined when it breaks `PORT_RULE`. */
export function portNumber(text: string): number | undefined {
  if (!consistsOf(text, DIGITS)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/**
 * The rule that `value` breaks, in words, or undefined when the option takes it. Lengths and characters are those of the
 * STS model; a region becomes part of a host name, so it must be a DNS label. This file uses no regular expression: the
 * first one costs a start more than the rest of parsing.
 */
export function brokenRule(field: TextField, value: string): string | undefined {
  const rule = ruleOf(field);
  if (rule === undefined) return undefined;
  const fits =
    value.length >= rule.shortest &&
    value.length <= rule.longest &&
    consistsOf(value, rule.of) &&
    (field !== "bind" || isIpAddress(value)) &&
    (!isRegion(field) || (!value.startsWith("-") && !value.endsWith("-")));
  return fits ? undefined : rule.says;
}

/** Whether the option takes few values. A value that does not fit there may be a secret, so a message must not repeat it. */
export function takesFewValues(field: TextField): boolean {
  return isRegion(field) || field === "ssoAcctId";
}

function isRegion(field: TextField): boolean {
  return field === "region" || field === "ssoRegion";
}

/** In the usual forms. Systems also take `1.2.3` for `1.2.0.3`, which is a slip here. */
function isIpAddress(text: string): boolean {
  if (text.includes(":")) return URL.canParse(`http://[${text}]/`);
  const bytes = text.split(".");
  return bytes.length === 4 && bytes.every((byte) => `${Number(byte)}` === byte && Number(byte) <= 255);
}

function consistsOf(text: string, characters: string): boolean {
  for (const character of text) {
    if (!characters.includes(character)) return false;
  }
  return true;
}

function ruleOf(field: TextField): Rule | undefined {
  switch (field) {
    case "ssoAcctId":
      return { says: "exactly 12 digits", of: DIGITS, shortest: 12, longest: 12 };
    case "region":
    case "ssoRegion":
      return {
        says: "the name of a region, for example eu-west-1",
        of: `${LETTERS}${DIGITS}-`,
        shortest: 1,
        longest: 63,
      };
    case "roleSessionName":
    case "sourceIdentity":
      return {
        says: "2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -",
        of: NAME,
        shortest: 2,
        longest: 64,
      };
    case "externalId":
      return {
        says: "2 to 1224 characters of A-Z a-z 0-9 _ + = , . @ : / -",
        of: `${NAME}:/`,
        shortest: 2,
        longest: 1224,
      };
    case "mfaSerial":
      return {
        says: "the ARN of an MFA device, or the serial number of a hardware token",
        of: `${NAME}:/`,
        shortest: 9,
        longest: 256,
      };
    case "bind":
      return {
        says: "an IP address of this machine, for example 172.17.0.1",
        of: `${HEXADECIMAL}.:`,
        shortest: 2,
        longest: 45,
      };
    case "mfaToken":
      return { says: "the six digits that the MFA device shows", of: DIGITS, shortest: 6, longest: 6 };
    case "ssoSessionName":
      return {
        says: "a section name of characters A-Z a-z 0-9 _ . @ % + = : , / -",
        of: `${NAME}:/%`,
        shortest: 1,
        longest: 1024,
      };
    default:
      return undefined;
  }
}
