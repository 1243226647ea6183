/** The source EC2 instance metadata. */

import type { HttpClient } from "../../aws/http/http-client.ts";
import { type InstanceMetadata, instanceMetadata } from "../../aws/imds/imds.ts";
import { metadataSettings } from "../../config/metadata-settings.ts";
import type { Profile } from "../../config/section.ts";
import type { Credentials } from "../../lib/credentials.ts";
import type { Environment, System } from "../../system/types.ts";
import { noCredentials } from "../default-chain.ts";
import type { InstanceSource } from "./types.ts";

/** How long expired keys of instance metadata are given out for: fifteen minutes, after which they are asked for again. */
const graceMilliseconds = 15 * 60 * 1000;

/** The metadata service as the environment and the profile describe it. Throws a Failure for a setting that cannot be used. */
export function openInstance(
  http: HttpClient,
  env: Environment,
  profile: Profile | undefined,
): InstanceMetadata {
  return instanceMetadata(http, metadataSettings(env, profile));
}

/** The credentials and the role that they are of. Throws a Failure; a service that is not there is one more source passed over. */
export async function acquireFromInstance(
  start: InstanceSource,
  metadata: InstanceMetadata,
  system: Pick<System, "now" | "stderr">,
): Promise<{ readonly credentials: Credentials; readonly role: string }> {
  const answer = await metadata.credentials();
  if (answer.kind === "absent") throw noCredentials([...start.skipped, `${start.from}: ${answer.why}`]);
  const { expiration } = answer.credentials;
  if (expiration !== undefined && expiration <= system.now()) {
    // While the service behind it is unwell, instance metadata serves old keys, and AWS goes on taking them. Whoever
    // gets them from here must not think them dead: botocore says the same of them.
    system.stderr(
      "aws-login: warning: instance metadata serves credentials past their expiry; using them as AWS advises",
    );
    return {
      ...answer,
      credentials: { ...answer.credentials, expiration: system.now() + graceMilliseconds },
    };
  }
  return answer;
}
