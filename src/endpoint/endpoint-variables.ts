/** The variables by which a program finds the endpoint, and those that would lead it past. Pure. */
import { competingVariables } from "../config/competing-variables.ts";
import type { Environment } from "../system/types.ts";

/** Keys win over an endpoint. The last two are older names that the SDK for Java knows. */
const keyVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_ACCESS_KEY",
  "AWS_SECRET_KEY",
];

export interface EndpointAddress {
  /** `http://127.0.0.1:PORT/PATH`. */
  readonly uri: string;
  readonly token: string;
  /** Where instance metadata is answered: `http://ADDRESS:PORT`. */
  readonly metadata?: string;
  /** Where the default profile would yield credentials: a profile without, and the config file that has it. */
  readonly profile?: {
    readonly name: string;
    readonly file: string;
    /** The setting of the default profile. */
    readonly because: string;
  };
}

export interface EndpointVariables {
  readonly set: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
}

/** `region`: for both region variables; undefined where they may stay as they are. */
export function endpointVariables(
  { uri, token, profile }: EndpointAddress,
  region: string | undefined,
): EndpointVariables {
  const set: Record<string, string> = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
    ...(profile && { AWS_PROFILE: profile.name, AWS_CONFIG_FILE: profile.file }),
    ...(region && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
  };
  return { set, unset: [...keyVariables, ...competingVariables].filter((name) => !(name in set)) };
}

/** Why there is AWS_PROFILE among the variables, for `--verbose`. `who` reads "the program gets". */
export function profileLines({ profile }: Pick<EndpointAddress, "profile">, who: string): string[] {
  if (profile === undefined) return [];
  return [
    `aws-login: ${who} AWS_PROFILE=${profile.name}: SDKs would take ${profile.because} of the default profile`,
  ];
}

/** The environment with these variables. */
export function withVariables(env: Environment, { set, unset }: EndpointVariables): Environment {
  const changed: Record<string, string | undefined> = { ...env, ...set };
  for (const name of unset) delete changed[name];
  return changed;
}
