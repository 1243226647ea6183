/** Points in time as AWS and its tools write them. The parser is strict: it takes complete, valid dates only. */

const form =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|UTC|([+-])(\d{2}):?(\d{2}))$/;

/** Years that four digits can express. `Date.UTC` takes the years 0 to 99 for those of the 20th century. */
const [earliest, latest] = [Date.UTC(100, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)];

/**
 * Milliseconds since the epoch, or undefined when the text is not a date and time with a zone. Takes `Z`, `UTC`,
 * `+hh:mm` and `+hhmm`, a fraction of any length (cut to milliseconds), `T` or a space in the middle.
 */
export function parseIsoTime(text: string): number | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const part = (index: number) => Number(match[index] ?? "0");
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const [offsetHours, offsetMinutes] = [part(9), part(10)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  // `Date.UTC` turns a day that the month does not have into one of the next month.
  if (!new Date(local).toISOString().startsWith(text.slice(0, 10))) return undefined;
  const fraction = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000;
  const time = local + fraction - (match[8] === "-" ? -offset : offset);
  return time >= earliest && time <= latest ? time : undefined;
}

/** Whole seconds in UTC, `2026-01-31T09:05:00Z`, never later than the given milliseconds since the epoch. */
export function formatIsoTime(milliseconds: number): string {
  return `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, -5)}Z`;
}

/** The end of the year 9999, and a hundred years: other tools cannot read a later date. */
const latestMilliseconds = 253_402_300_799_999;
const longestSeconds = 3_155_760_000;

/** Whether a value from a service's response is a time, in milliseconds since the epoch. */
export function isTime(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value <= latestMilliseconds;
}

/** Whether a value from a service's response is a time from now, in seconds. */
export function isLifetime(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value <= longestSeconds;
}
