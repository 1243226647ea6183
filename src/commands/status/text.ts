/** The report for a person. Pure. */
import type { CredentialsReport, SourceReport, StatusReport } from "./status-report.ts";

/** A label and what follows it, in lines; each finding is followed by its hint. */
export function statusText(report: StatusReport): string {
  const { identity, source, credentials, region, skipped, signIns, findings } = report;
  const lines: string[] = [];
  const row = (label: string, text: string) => lines.push(`${label.padEnd(13)}${text}`);
  row("identity", identity?.arn ?? "not known");
  row("source", source?.from ?? "none");
  if (source?.variable) row("", `named by ${source.variable}`);
  for (const step of source?.chain ?? []) {
    row("then", `${step.role ?? step.kind}${step.mfa === null ? "" : `, with MFA ${step.mfa}`}`);
  }
  row("region", region === null ? "none" : `${region.value} (${region.from})`);
  if (credentials !== null) {
    const { accessKeyId, expiration } = credentials;
    const parts = [
      ...(accessKeyId === null ? [] : [accessKeyId]),
      ...(expiration === null ? [] : [`until ${expiration}`]),
      lifeOf(credentials, source),
    ];
    row("credentials", parts.join(", "));
  }
  for (const { startUrl, expiresAt, refreshable } of signIns) {
    row(
      "sign-in",
      `${startUrl ?? "a portal"} until ${expiresAt ?? "an unknown time"}${refreshable ? ", can be renewed" : ""}`,
    );
  }
  for (const { source: name, why } of skipped) row("skipped", `${name}: ${why}`);
  for (const { severity, code, message, hint } of findings) {
    row(severity, `${message} [${code}]`);
    row("", hint);
  }
  return `${lines.join("\n")}\n`;
}

/** Keys that nothing follows are renewable only where they have no session token, and so no end. */
function lifeOf({ renewable }: CredentialsReport, source: SourceReport | null): string {
  if (!renewable) return "not renewed without a person";
  const isKeys = source?.kind === "keys" || source?.kind === "environment";
  return isKeys && source.chain.length === 0 ? "long-term keys without an end" : "renewed without a person";
}
