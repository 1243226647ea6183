/** What the answers tell, and their absence: clock and instance metadata. Pure. */
import type { SkippedSource } from "../../lib/errors.ts";
import { type Finding, finding } from "./findings.ts";
import type { SeenResponse } from "./observe.ts";

/** Milliseconds; AWS tolerates 5 to 15 minutes. */
const TOLERATED = 4 * 60_000;

export function clockFindings(offset: number | undefined): readonly Finding[] {
  if (offset === undefined || Math.abs(offset) < TOLERATED) return [];
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const where = offset < 0 ? "ahead of" : "behind";
  return [
    finding(
      "clock-off",
      `the clock of this machine is ${minutes} minutes ${where} AWS's`,
      "set the clock, for example: sudo timedatectl set-ntp true",
    ),
  ];
}

/** Why instance metadata gave no credentials; undefined where the responses do not tell. */
export function metadataFinding(
  responses: readonly SeenResponse[],
  inContainer: boolean,
): Finding | undefined {
  const token = responses.findLast(
    ({ method, url }) => method === "PUT" && url.endsWith("/latest/api/token"),
  );
  if (token === undefined) return undefined;
  if (token.status === undefined) {
    return token.timedOut && inContainer
      ? finding(
          "metadata-hop-limit",
          "instance metadata does not answer inside this container",
          "aws ec2 modify-instance-metadata-options --instance-id ID --http-put-response-hop-limit 2",
        )
      : finding(
          "metadata-silent",
          `nothing answers at ${new URL(token.url).origin}`,
          "name another source, for example --profile NAME, or set AWS_EC2_METADATA_DISABLED=true to skip this one",
        );
  }
  if (token.status === 403) {
    return finding(
      "metadata-disabled",
      "instance metadata is disabled for this instance",
      "aws ec2 modify-instance-metadata-options --instance-id ID --http-endpoint enabled",
    );
  }
  const role = responses.findLast(({ url }) => url.endsWith("/iam/security-credentials/"));
  if (role?.status !== 404) return undefined;
  return finding(
    "metadata-no-role",
    "the instance has no role",
    "attach one: aws ec2 associate-iam-instance-profile --instance-id ID --iam-instance-profile Name=NAME",
  );
}

/** For a search that ended without credentials: the last source is skipped only where the variable is set. */
export function disabledFinding(skipped: readonly SkippedSource[]): readonly Finding[] {
  if (!skipped.some(({ source }) => source === "instance metadata")) return [];
  return [
    finding(
      "metadata-disabled",
      "AWS_EC2_METADATA_DISABLED is true, so instance metadata is not asked",
      "on an EC2 instance: unset AWS_EC2_METADATA_DISABLED",
    ),
  ];
}
