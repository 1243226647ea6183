/** Sign-ins and cached credentials as `list --sessions` prints them. Pure. */
import type { StoredSession } from "../../credentials/cache/stored-sessions.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import type { ListFormat } from "../../lib/option-choices.ts";
import type { StoredSignIn } from "../../targets/stored-sign-ins.ts";
import { table, tabSeparated } from "./table.ts";

interface Row {
  readonly kind: "sign-in" | "credentials";
  /** The option that names the sign-in, or the principal of the credentials. */
  readonly name: string;
  /** Milliseconds since the epoch; undefined where a token's end cannot be parsed. */
  readonly expires: number | undefined;
  /** Whether a new one comes of it without a person. */
  readonly refreshable: boolean;
}

/** `now` in milliseconds since the epoch. */
export function formatSessions(
  {
    signIns,
    sessions,
  }: { readonly signIns: readonly StoredSignIn[]; readonly sessions: readonly StoredSession[] },
  format: ListFormat | undefined,
  now: number,
): string {
  const rows: Row[] = [
    ...signIns.map(({ shown, expires, refreshable }) => ({
      kind: "sign-in" as const,
      name: shown,
      expires,
      refreshable,
    })),
    ...sessions.map(({ principal, expires }) => ({
      kind: "credentials" as const,
      name: principal,
      expires,
      refreshable: false,
    })),
  ];
  const records = rows.map(({ expires, ...row }) => ({
    ...row,
    expires: expires === undefined ? null : formatIsoTime(expires),
  }));
  switch (format) {
    case "json":
      return `${JSON.stringify(
        records.map(({ kind, name, expires, refreshable }) => ({ kind, name, expires, refreshable })),
        undefined,
        2,
      )}\n`;
    case "tsv":
      return tabSeparated(
        records.map(({ kind, name, expires, refreshable }) => [
          kind,
          name,
          expires ?? "",
          String(refreshable),
        ]),
      );
    case undefined:
      return table(
        ["KIND", "NAME", "UNTIL", "STATE"],
        rows.map((row, at) => [row.kind, row.name, records[at]?.expires ?? "unknown", stateOf(row, now)]),
      );
  }
}

function stateOf({ kind, expires, refreshable }: Row, now: number): string {
  const isOver = expires === undefined || expires <= now;
  if (refreshable) return "refreshed when needed";
  if (isOver) return "expired";
  return kind === "sign-in" ? "valid, then sign in again" : "valid";
}
