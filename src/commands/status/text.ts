/** The report for a person. Pure. */
import type { StatusReport } from "./status-report.ts";

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
    const end = credentials.expiration === null ? "" : `until ${credentials.expiration}, `;
    const renews = credentials.renewable ? "renewed without a person" : "not renewed without a person";
    row(
      "credentials",
      `${credentials.accessKeyId === null ? "" : `${credentials.accessKeyId}, `}${end}${renews}`,
    );
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
