/** `YYYYMMDDTHHMMSSZ` as milliseconds since the epoch; undefined for any other text. */
export function parseTimestamp(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Milliseconds since the epoch as `YYYYMMDDTHHMMSSZ`. */
export function timestampText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
}
