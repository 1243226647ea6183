import type { SignInSettings } from "../world/sign-in-settings.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next?: string;
}

/**
 * One page of a listing; undefined when `token` is not one that this listing gave out. Tokens have the characters
 * that a careless client mangles in a query: `+`, `/` and `=`.
 */
export function pageOf<T>(
  listing: string,
  items: readonly T[],
  asked: { readonly size: number; readonly token: string | undefined },
  settings: Pick<SignInSettings, "pageSize" | "emptyPages">,
): Page<T> | undefined {
  const at =
    asked.token === undefined ? { start: 0, empty: settings.emptyPages } : read(listing, asked.token);
  if (at === undefined || at.start > items.length) return undefined;
  if (at.empty) return { items: [], next: write(listing, { start: at.start, empty: false }) };
  const end = at.start + Math.min(asked.size, settings.pageSize);
  const page = items.slice(at.start, end);
  if (end >= items.length) return { items: page };
  return { items: page, next: write(listing, { start: end, empty: settings.emptyPages }) };
}

interface Position {
  readonly start: number;
  readonly empty: boolean;
}

function write(listing: string, { start, empty }: Position): string {
  const text = `${listing} ${start} ${empty ? "empty" : "full"}`;
  // Padded so that the text always ends in `=`.
  const padded = text.padEnd(text.length + ((4 - (text.length % 3)) % 3), " ");
  return `+/${Buffer.from(padded).toString("base64")}`;
}

function read(listing: string, token: string): Position | undefined {
  if (!token.startsWith("+/")) return undefined;
  const text = Buffer.from(token.slice(2), "base64").toString();
  const [, name, start, kind] = /^(\S+) (\d+) (empty|full) *$/.exec(text) ?? [];
  return name === listing ? { start: Number(start), empty: kind === "empty" } : undefined;
}
