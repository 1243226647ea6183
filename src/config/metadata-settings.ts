import type { Environment } from "../system/types.ts";
import { type Profile, propertySource } from "./section.ts";
import { booleanSetting, firstSetting, httpUrl, unusable, wholeNumber } from "./setting.ts";

/** How to reach the EC2 instance metadata service. */
export interface MetadataSettings {
  /** http or https, without a trailing slash. */
  readonly baseUrl: string;
  /** For one request. */
  readonly timeoutMilliseconds: number;
  /** As configured; undefined when it is not set. */
  readonly attempts: number | undefined;
  /** The instance profile to get credentials of; undefined to ask the service for its name. */
  readonly profileName: string | undefined;
}

const IPV4 = "http://169.254.169.254";
const IPV6 = "http://[fd00:ec2::254]";
const DEFAULT_TIMEOUT_SECONDS = 1;

/**
 * Whether `AWS_EC2_METADATA_DISABLED` is `true` in any case. A word other than true and false is a Failure: the AWS CLI
 * takes `1` for false, the SDK for JavaScript for true.
 */
export function metadataDisabled(env: Environment): boolean {
  return booleanSetting(env, "AWS_EC2_METADATA_DISABLED", undefined, "") ?? false;
}

/**
 * Each setting from its variable, else from the profile. An endpoint beats an endpoint mode, and the mode beats
 * botocore's older `imds_use_ipv6`. A value that cannot be used is a Failure.
 */
export function metadataSettings(env: Environment, profile: Profile | undefined): MetadataSettings {
  const read = (variable: string, key: string) => firstSetting(env, variable, profile, key);
  const endpoint = read("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
  const timeout = read("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout");
  const attempts = read("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts");
  return {
    baseUrl: endpoint === undefined ? addressByMode(env, profile) : httpUrl(endpoint),
    timeoutMilliseconds: 1000 * (timeout === undefined ? DEFAULT_TIMEOUT_SECONDS : wholeNumber(timeout)),
    attempts: attempts && wholeNumber(attempts),
    profileName: instanceProfileName(env, profile),
  };
}

/** An empty value is an error here, not an absent setting (AWS SDK specification). */
function instanceProfileName(env: Environment, profile: Profile | undefined): string | undefined {
  const [variable, key] = ["AWS_EC2_INSTANCE_PROFILE_NAME", "ec2_instance_profile_name"];
  const setting = profile?.get(key);
  const value = env[variable] ?? setting?.value;
  if (value === undefined) return undefined;
  const source =
    env[variable] === undefined && setting !== undefined ? propertySource(key, setting) : variable;
  if (isRoleName(value)) return value;
  const why =
    value.trim() === "" ? "it is empty" : `${JSON.stringify(value)} is not the name of an instance profile`;
  throw unusable(source, why, "name the instance profile, or remove the setting");
}

/** The characters of a name that becomes part of a path. `.` and `..` would name another path. */
function isRoleName(text: string): boolean {
  return /^(?!\.{1,2}$)[\w+=,.@-]{1,128}$/.test(text);
}

function addressByMode(env: Environment, profile: Profile | undefined): string {
  const mode = firstSetting(
    env,
    "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    profile,
    "ec2_metadata_service_endpoint_mode",
  );
  if (mode === undefined) {
    const older = firstSetting(env, "AWS_IMDS_USE_IPV6", profile, "imds_use_ipv6");
    return older?.value.toLowerCase() === "true" ? IPV6 : IPV4;
  }
  const word = mode.value.toLowerCase();
  if (word === "ipv4") return IPV4;
  if (word === "ipv6") return IPV6;
  throw unusable(mode.source, "the endpoint mode is neither IPv4 nor IPv6", "write IPv4 or IPv6");
}
