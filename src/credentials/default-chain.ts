/** Where credentials start: the profile that was asked for, or else the first source of the default chain that applies. */
import { containerVariables } from "../aws/container/container-address.ts";
import { metadataDisabled } from "../config/metadata-settings.ts";
import { IDENTITY_CENTER_HINT, type ProfileChoice } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { Failure } from "../lib/errors.ts";
import { shellWord } from "../lib/quoting.ts";
import type { Environment } from "../system/types.ts";
import type { CredentialSource } from "./plan.ts";
import { type NamedSources, planProfile, type SourcePlan } from "./profile.ts";
import { whyEmpty } from "./profile-settings.ts";
import { containerSource } from "./sources/container-plan.ts";
import { environmentKeys, environmentSource } from "./sources/environment.ts";
import { webIdentitySource } from "./sources/web-identity-plan.ts";

export interface ChainInput {
  readonly env: Environment;
  readonly config: SharedConfig;
  readonly choice: ProfileChoice;
  /** The chosen profile; undefined when there is none of that name and nobody named it. */
  readonly profile: Profile | undefined;
}

/** `skipped` says of each source that comes before the start why it did not apply. */
export interface ChainPlan extends SourcePlan {
  readonly skipped: readonly string[];
}

/** Throws a Failure of kind `no-credentials` when nothing applies, with one note for each source. */
export function planSource(input: ChainInput): ChainPlan {
  return input.choice.source === "--profile" ? planNamedProfile(input) : planChain(input);
}

/** `--profile` stands alone: nothing else is tried when it leads nowhere. */
function planNamedProfile(input: ChainInput): ChainPlan {
  const { profile, choice, config } = input;
  const plan = profile === undefined ? undefined : planProfile(profile, config, namedSources(input, []));
  if (plan !== undefined) return { ...plan, skipped: [] };
  throw new Failure("no-credentials", `cannot use profile ${choice.name}: ${whyEmpty(profile)}`, {
    hints: [`give it some with: aws configure --profile ${shellWord(choice.name)}`],
  });
}

/** The chain as the AWS CLI walks it. A source that is configured and fails ends it. */
function planChain(input: ChainInput): ChainPlan {
  const { env, profile, config, choice } = input;
  const skipped: string[] = [];
  const starting = (start: CredentialSource): ChainPlan => ({ start, roles: [], skipped });
  const ofEnvironment = environmentSource(choice, env);
  if (ofEnvironment !== undefined) return ofEnvironment;
  skipped.push("environment: AWS_ACCESS_KEY_ID is not set");

  const sources = namedSources(input, skipped);
  const hasRole =
    profile !== undefined &&
    propertyOf(profile, "role_arn") !== undefined &&
    propertyOf(profile, "web_identity_token_file") === undefined;
  const webIdentity = hasRole ? undefined : webIdentitySource(env, profile);
  if (webIdentity !== undefined) return starting(webIdentity);
  const plan = profile === undefined ? undefined : planProfile(profile, config, sources);
  if (plan !== undefined) return { ...plan, skipped };
  skipped.push(
    profile === undefined
      ? `profile ${choice.name}: neither ${config.paths.config} nor ${config.paths.credentials} has it`
      : `profile ${choice.name}: ${whyEmpty(profile)}`,
  );
  skipped.push("web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set");
  const container = containerSource(env);
  if (container !== undefined) return starting(container);
  skipped.push(
    "container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
  );
  const metadataOff = whyNoMetadata(env);
  if (metadataOff !== undefined) throw noCredentials([...skipped, `instance metadata: ${metadataOff}`]);
  return starting({ kind: "instance-metadata", from: "instance metadata", skipped });
}

/** The error of an empty-handed search. `skipped` says of each source why it did not apply. */
export function noCredentials(skipped: readonly string[]): Failure {
  return new Failure("no-credentials", "no credentials found", {
    notes: skipped,
    hints: [
      "name a profile with --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure",
      IDENTITY_CENTER_HINT,
    ],
  });
}

function whyNoMetadata(env: Environment): string | undefined {
  return metadataDisabled(env) ? "AWS_EC2_METADATA_DISABLED is true" : undefined;
}

function namedSources(input: ChainInput, skipped: readonly string[]): NamedSources {
  return {
    environment: (from) => {
      const keys = environmentKeys(input.env);
      if (keys.kind === "found")
        return { kind: "keys", from: `the environment (${from})`, credentials: keys.credentials };
      throw new Failure("failed", `cannot use ${from}: ${keys.why}`, {
        hints: ["set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
      });
    },
    container: (from) => {
      const start = containerSource(input.env);
      if (start !== undefined) return { ...start, from: `${start.from}, ${from}` };
      throw new Failure("failed", `cannot use ${from}: ${containerVariables.join(" and ")} are not set`, {
        hints: ["they are set inside of a task of ECS or a pod of EKS"],
      });
    },
    instanceMetadata: (from) => {
      const metadataOff = whyNoMetadata(input.env);
      if (metadataOff !== undefined) throw new Failure("failed", `cannot use ${from}: ${metadataOff}`);
      return { kind: "instance-metadata", from: `instance metadata (${from})`, namedBy: from, skipped };
    },
  };
}
