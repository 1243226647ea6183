/** The credential source EC2 instance metadata. */

import type { HttpClient } from "../../aws/http/http-client.ts";
import { type InstanceMetadata, type InstanceResponse, instanceMetadata } from "../../aws/imds/imds.ts";
import { metadataSettings } from "../../config/metadata-settings.ts";
import type { Profile } from "../../config/section.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { attempted, Failure, type SkippedSource } from "../../lib/errors.ts";
import type { Environment, System } from "../../system/types.ts";
import { noCredentials } from "../no-credentials.ts";
import { isInContainer } from "./in-container.ts";

export interface InstanceSource {
  readonly kind: "instance-metadata";
  readonly from: string;
  /** "credential_source of profile dev"; absent in the default chain. */
  readonly namedBy?: string;
  /** Why each source before this one did not apply. */
  readonly skipped: readonly SkippedSource[];
  /** Further hints for when instance metadata is absent too: those of the profile. */
  readonly hints?: readonly string[];
}

/** Expired credentials of instance metadata are used for fifteen minutes more, after which they are fetched again. */
const graceMilliseconds = 15 * 60 * 1000;

/** The response to a token request does not leave the host when the hop limit is 1, its default. */
const hopLimitHint =
  "inside a container the instance's metadata hop limit must be 2 or more: aws ec2 modify-instance-metadata-options --instance-id ID --http-put-response-hop-limit 2";

/** The metadata service as the environment and the profile describe it. Throws a Failure for a setting that cannot be used. */
export function openInstance(
  http: HttpClient,
  env: Environment,
  profile: Profile | undefined,
): InstanceMetadata {
  return instanceMetadata(http, metadataSettings(env, profile));
}

/**
 * The credentials and the role that they belong to. Throws a Failure: the error of the whole search where the default
 * chain came here and there is no service, and an error that names the setting where a profile named this source.
 */
export async function acquireFromInstance(
  source: InstanceSource,
  metadata: InstanceMetadata,
  system: Pick<System, "now" | "stderr" | "env" | "readText">,
): Promise<{ readonly credentials: Credentials; readonly role: string }> {
  const response = await readMetadata(source, metadata);
  if (response.kind === "absent") throw await absentFailure(source, response, system);
  const { credentials, role } = response;
  const { expiration } = credentials;
  if (expiration === undefined || expiration > system.now()) return { credentials, role };
  // While the service behind it is unwell, instance metadata serves old credentials, which AWS goes on accepting.
  // botocore extends them in the same way.
  system.stderr(
    "aws-login: warning: instance metadata serves credentials past their expiry; using them as AWS advises",
  );
  return { role, credentials: { ...credentials, expiration: system.now() + graceMilliseconds } };
}

async function readMetadata(
  { namedBy }: InstanceSource,
  metadata: InstanceMetadata,
): Promise<InstanceResponse> {
  try {
    return await metadata.credentials();
  } catch (error) {
    if (namedBy === undefined || !(error instanceof Failure)) throw error;
    throw attempted(error, `cannot use ${namedBy}`);
  }
}

async function absentFailure(
  { from, namedBy, skipped, hints: ofProfile = [] }: InstanceSource,
  { why, timedOut }: Extract<InstanceResponse, { kind: "absent" }>,
  system: Pick<System, "env" | "readText">,
): Promise<Failure> {
  const hints = timedOut && (await isInContainer(system)) ? [hopLimitHint] : [];
  if (namedBy !== undefined) return new Failure("failed", `cannot use ${namedBy}: ${why}`, { hints });
  const failure = noCredentials([...skipped, { source: from, why }], ofProfile);
  if (hints.length === 0) return failure;
  const { kind, message, notes } = failure;
  return new Failure(kind, message, { notes, skipped: failure.skipped, hints: [...failure.hints, ...hints] });
}
