/** Candidates as `list` prints them. Pure. */
import type { ListFormat } from "../../lib/option-choices.ts";
import type { Candidate } from "../../targets/candidate.ts";
import { table, tabSeparated } from "./table.ts";

/** The members of a record, in order. Scripts read them: a name is never changed, and a new one comes last. */
const MEMBERS = [
  "profile",
  "accountId",
  "accountName",
  "email",
  "roleName",
  "startUrl",
  "ssoSession",
  "region",
] as const;

export function formatIdentities(candidates: readonly Candidate[], format: ListFormat | undefined): string {
  const members = (candidate: Candidate) => MEMBERS.map((name) => candidate[name] ?? "");
  switch (format) {
    case "json":
      return `${JSON.stringify(candidates.map(record), undefined, 2)}\n`;
    case "tsv":
      return tabSeparated(candidates.map(members));
    case undefined:
      return identityTable(candidates);
  }
}

function record(candidate: Candidate): Record<string, string | null> {
  return Object.fromEntries(MEMBERS.map((name) => [name, candidate[name] ?? null]));
}

/** The portal is shown where there are several. */
function identityTable(candidates: readonly Candidate[]): string {
  const portals = new Set(candidates.map(({ startUrl }) => startUrl).filter((url) => url !== undefined));
  return table(
    ["PROFILE", "ACCOUNT", "ID", "ROLE", "PORTAL"],
    candidates.map(({ profile = "", accountName = "", accountId = "", roleName = "", startUrl = "" }) => [
      profile,
      accountName,
      accountId,
      roleName,
      portals.size > 1 ? startUrl : "",
    ]),
  );
}
