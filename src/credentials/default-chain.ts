/** The credential source: the profile of `--profile`, or else the first source of the default chain that applies. Pure. */
import { containerVariables } from "../aws/container/container-address.ts";
import { metadataDisabled } from "../config/metadata-settings.ts";
import type { ProfileChoice } from "../config/profile-choice.ts";
import type { SharedConfig } from "../config/profiles.ts";
import { type Profile, propertyOf } from "../config/section.ts";
import { Failure, type SkippedSource } from "../lib/errors.ts";
import type { Environment } from "../system/types.ts";
import type { CredentialSource } from "./credential-source.ts";
import { emptyProfile } from "./empty-profile.ts";
import { noCredentials } from "./no-credentials.ts";
import { type NamedSources, planProfile, type SourcePlan } from "./profile.ts";
import { containerSource } from "./sources/container.ts";
import { environmentKeys, environmentSource } from "./sources/environment.ts";
import { webIdentitySource } from "./sources/web-identity.ts";

export interface ChainInput {
  readonly env: Environment;
  readonly config: SharedConfig;
  readonly choice: ProfileChoice;
  /** The chosen profile; undefined when the default profile does not exist. */
  readonly profile: Profile | undefined;
}

/** `skipped` says why each source before the chosen one did not apply. */
export interface ChainPlan extends SourcePlan {
  readonly skipped: readonly SkippedSource[];
  /** Which settings of the profile should have an effect: all where it gives the source, else those with a known name. */
  readonly checkedSettings?: "all" | "known names";
}

/** Throws a Failure of kind `no-credentials` when nothing applies, with one note for each source. */
export function planSource(input: ChainInput): ChainPlan {
  return input.choice.source === "--profile" ? planNamedProfile(input) : planChain(input);
}

/** The profile of `--profile` alone: when it gives no credentials, no other source is tried. */
function planNamedProfile(input: ChainInput): ChainPlan {
  const { profile, choice, config } = input;
  const plan = profile === undefined ? undefined : planProfile(profile, config, namedSources(input));
  if (plan !== undefined) return { ...plan, skipped: [], checkedSettings: "all" };
  const { why, hints } = emptyProfile(choice.name, profile);
  throw new Failure("no-credentials", `cannot use profile ${choice.name}: it ${why}`, { hints });
}

/** The chain in the AWS CLI's order. A source that is configured and fails ends it. */
function planChain(input: ChainInput): ChainPlan {
  const { env, profile, config, choice } = input;
  const skipped: SkippedSource[] = [];
  const skip = (source: string, why: string) => skipped.push({ source, why });
  const alone = (source: CredentialSource): ChainPlan => ({
    source,
    roles: [],
    skipped,
    checkedSettings: "known names",
  });
  const ofEnvironment = environmentSource(choice, env);
  if (ofEnvironment !== undefined) return alone(ofEnvironment);
  skip("environment", "AWS_ACCESS_KEY_ID is not set");

  const sources = namedSources(input);
  const hasRole =
    profile !== undefined &&
    propertyOf(profile, "role_arn") !== undefined &&
    propertyOf(profile, "web_identity_token_file") === undefined;
  const webIdentity = hasRole ? undefined : webIdentitySource(env, profile);
  if (webIdentity !== undefined) return alone(webIdentity);
  const plan = profile === undefined ? undefined : planProfile(profile, config, sources);
  if (plan !== undefined) return { ...plan, skipped, checkedSettings: "all" };
  const empty = profile && emptyProfile(choice.name, profile);
  skip(
    `profile ${choice.name}`,
    empty === undefined
      ? `neither ${config.paths.config} nor ${config.paths.credentials} has it`
      : `it ${empty.why}`,
  );
  skip("web identity", "AWS_WEB_IDENTITY_TOKEN_FILE is not set, and --web-identity-token is not given");
  skip("Roles Anywhere", "--certificate is not given");
  const container = containerSource(env);
  if (container !== undefined) return alone(container);
  skip(
    "container",
    "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
  );
  const metadataOff = whyNoMetadata(env);
  const hints = [...(env.ACTIONS_ID_TOKEN_REQUEST_URL ? [gitHubHint] : []), ...(empty?.hints ?? [])];
  if (metadataOff !== undefined) {
    throw noCredentials([...skipped, { source: "instance metadata", why: metadataOff }], hints);
  }
  return alone({ kind: "instance-metadata", from: "instance metadata", skipped, hints });
}

/** For a job that may ask for a token. */
const gitHubHint = "for a role by the token of this job: --web-identity-token github --role-arn ARN";

function whyNoMetadata(env: Environment): string | undefined {
  return metadataDisabled(env) ? "AWS_EC2_METADATA_DISABLED is true" : undefined;
}

function namedSources(input: ChainInput): NamedSources {
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
      const source = containerSource(input.env);
      if (source !== undefined) return { ...source, from: `${source.from}, ${from}` };
      throw new Failure("failed", `cannot use ${from}: ${containerVariables.join(" and ")} are not set`, {
        hints: ["ECS sets them in its tasks and EKS in its pods"],
      });
    },
    instanceMetadata: (from) => {
      const metadataOff = whyNoMetadata(input.env);
      if (metadataOff !== undefined) throw new Failure("failed", `cannot use ${from}: ${metadataOff}`);
      return { kind: "instance-metadata", from: `instance metadata (${from})`, namedBy: from, skipped: [] };
    },
  };
}
