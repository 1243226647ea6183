import { describe, expect, test } from "bun:test";
import { childEnvironment } from "../../../src/commands/runas/child-environment.ts";
import type { RegionChoice } from "../../../src/config/region.ts";
import type { Environment } from "../../../src/system/types.ts";
import { failureOf } from "../../config/from-text.ts";

const session = { accessKeyId: "ASIANEW", secretAccessKey: "new secret", sessionToken: "new token" };
const keys = {
  AWS_ACCESS_KEY_ID: "ASIANEW",
  AWS_SECRET_ACCESS_KEY: "new secret",
  AWS_SESSION_TOKEN: "new token",
};
const longTerm = { accessKeyId: "AKIANEW", secretAccessKey: "new secret" };

function region(name: string, source: string): RegionChoice {
  return { region: name, fips: false, source };
}

function child(env: Environment, chosen?: RegionChoice): Environment {
  return childEnvironment(env, { credentials: session, principal: "a test", region: chosen });
}

describe("childEnvironment()", () => {
  test("replaces all keys by the acquired ones", () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIAOLD",
      AWS_SECRET_ACCESS_KEY: "old",
      AWS_SESSION_TOKEN: "old",
      AWS_SECURITY_TOKEN: "old",
    };
    expect(child(env)).toEqual(keys);
  });

  test("unsets the token where the new keys have none", () => {
    const found = childEnvironment(
      { AWS_SESSION_TOKEN: "old" },
      { credentials: longTerm, principal: "a test", region: undefined },
    );
    expect(found).toEqual({ AWS_ACCESS_KEY_ID: "AKIANEW", AWS_SECRET_ACCESS_KEY: "new secret" });
    expect(Object.keys(found)).not.toContain("AWS_SESSION_TOKEN");
  });

  for (const [member, name] of [
    ["accessKeyId", "access key id"],
    ["secretAccessKey", "secret access key"],
    ["sessionToken", "session token"],
  ] as const) {
    test(`refuses a NUL in the ${name}, which ends a variable, and does not repeat the value`, () => {
      const credentials = { ...session, [member]: "made\0up" };
      const identity = { credentials, principal: "access key ASIANEW from a program", region: undefined };
      expect(failureOf(() => childEnvironment({}, identity)).message).toBe(
        `cannot run a program with the credentials of access key ASIANEW from a program: the ${name} contains a NUL character`,
      );
    });
  }

  test.each([
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_ACCOUNT_ID",
    "AWS_CREDENTIAL_SCOPE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
  ])("hides %s, which speaks of another identity", (name) => {
    expect(child({ [name]: "old" })).toEqual(keys);
  });

  test("hands all other variables on unchanged", () => {
    const others = {
      PATH: "/bin",
      EMPTY: "",
      HTTPS_PROXY: "http://proxy.example:3128",
      AWS_CA_BUNDLE: "/ca.pem",
      AWS_CONFIG_FILE: "/config",
      AWS_ENDPOINT_URL: "http://localhost:4566",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    expect(child(others)).toEqual({ ...others, ...keys });
  });

  test("leaves the environment it was given alone", () => {
    const env = { AWS_PROFILE: "dev" };
    child(env, region("eu-west-3", "--region"));
    expect(env).toEqual({ AWS_PROFILE: "dev" });
  });

  const both = (name: string) => ({ AWS_REGION: name, AWS_DEFAULT_REGION: name });
  const profile = "region (/home/me/.aws/config:2)";
  const regions: Record<string, [env: Environment, chosen: RegionChoice | undefined, expected: Environment]> =
    {
      "sets both from --region": [{}, region("eu-west-3", "--region"), both("eu-west-3")],
      "lets --region replace what is set": [
        { AWS_REGION: "us-east-1" },
        region("eu-west-3", "--region"),
        both("eu-west-3"),
      ],
      "sets both from the profile where neither is set": [
        {},
        region("eu-west-3", profile),
        both("eu-west-3"),
      ],
      "takes empty for not set": [
        { AWS_REGION: "", AWS_DEFAULT_REGION: "" },
        region("eu-west-3", profile),
        both("eu-west-3"),
      ],
      "leaves the one that is set": [
        { AWS_REGION: "us-east-1" },
        region("us-east-1", "AWS_REGION"),
        { AWS_REGION: "us-east-1" },
      ],
      "leaves the other one that is set": [
        { AWS_DEFAULT_REGION: "us-east-1" },
        region("us-east-1", "AWS_DEFAULT_REGION"),
        { AWS_DEFAULT_REGION: "us-east-1" },
      ],
      "leaves both that are set and differ": [
        { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-west-2" },
        region("us-east-1", "AWS_REGION"),
        { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-west-2" },
      ],
      "sets none where no option, variable or profile names one": [{}, undefined, {}],
    };
  test.each(Object.entries(regions))("regions: %s", (_, [env, chosen, expected]) => {
    expect(child(env, chosen)).toEqual({ ...expected, ...keys });
  });
});
