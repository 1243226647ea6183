import { describe, expect, test } from "bun:test";
import { chooseProfile, chosenProfile } from "../../src/config/profile-choice.ts";
import { planSource } from "../../src/credentials/default-chain.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, credentialsPath, sharedFrom } from "../config/from-text.ts";
import { failureOf, shownText } from "../support/failure.ts";

interface Given {
  /** `--profile`. */
  readonly option?: string;
  readonly env?: Environment;
  readonly config?: string;
}

function plan({ option, env = {}, config: text = "" }: Given) {
  const config = sharedFrom(text);
  const choice = chooseProfile(option, env);
  return planSource({ env, config, choice, profile: chosenProfile(choice, config) });
}

const arn = "arn:aws:iam::111111111111:role/R";
const envKeys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "made-up" };
const webIdentity = { AWS_WEB_IDENTITY_TOKEN_FILE: "/token", AWS_ROLE_ARN: arn };
const container = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/creds" };
const keys = (name: string, id: string) =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = made-up\n`;
const role = `[default]\nrole_arn = ${arn}\nsource_profile = base\n${keys("profile base", "AKIABASE")}`;

const notes = {
  environment: { source: "environment", why: "AWS_ACCESS_KEY_ID is not set" },
  profile: { source: "profile default", why: `neither ${configPath} nor ${credentialsPath} has it` },
  webIdentity: {
    source: "web identity",
    why: "AWS_WEB_IDENTITY_TOKEN_FILE is not set, and --web-identity-token is not given",
  },
  rolesAnywhere: { source: "Roles Anywhere", why: "--certificate is not given" },
  container: {
    source: "container",
    why: "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
  },
};

/** Access key, or kind, of the source; then the number of roles. */
function first(optional: Given): string {
  const { source, roles } = plan(optional);
  return `${source.kind === "keys" ? source.credentials.accessKeyId : source.kind}+${roles.length}`;
}

describe("planSource() walks the default chain", () => {
  const everything = { ...envKeys, ...webIdentity, ...container };
  const { AWS_ACCESS_KEY_ID: _, ...allButKeys } = everything;
  const chain: Record<string, [optional: Given, first: string]> = {
    "from keys of the environment": [{ env: everything, config: role }, "AKIAENV+0"],
    "from them also where AWS_PROFILE names a profile": [
      { env: { ...envKeys, AWS_PROFILE: "base" }, config: role },
      "AKIAENV+0",
    ],
    "to the role of the profile": [{ env: allButKeys, config: role }, "AKIABASE+1"],
    "to web identity before the profile's keys": [
      { env: allButKeys, config: keys("default", "AKIAOWN") },
      "web-identity+0",
    ],
    "to the web identity of the profile": [
      { env: container, config: `[default]\nrole_arn = ${arn}\nweb_identity_token_file = /t\n` },
      "web-identity+0",
    ],
    "to the keys of the profile": [{ env: container, config: keys("default", "AKIAOWN") }, "AKIAOWN+0"],
    "to the profile that AWS_PROFILE names": [
      { env: { AWS_PROFILE: "base" }, config: keys("default", "AKIAOWN") + keys("profile base", "AKIABASE") },
      "AKIABASE+0",
    ],
    "to the profile that AWS_DEFAULT_PROFILE names": [
      { env: { AWS_DEFAULT_PROFILE: "base" }, config: keys("profile base", "AKIABASE") },
      "AKIABASE+0",
    ],
    "to the container, past a profile of settings": [
      { env: container, config: "[default]\nregion = eu-west-3\n" },
      "container+0",
    ],
    "to instance metadata": [{}, "instance-metadata+0"],
    "past blank keys": [{ env: { AWS_ACCESS_KEY_ID: " ", ...container } }, "container+0"],
  };
  test.each(Object.entries(chain))("%s", (_, [optional, expected]) => {
    expect(first(optional)).toBe(expected);
  });

  test("says why each source was skipped, and which one applies", () => {
    const { source, skipped } = plan({});
    expect(source.from).toBe("instance metadata");
    const { environment, profile, webIdentity: token, rolesAnywhere, container: task } = notes;
    expect(skipped).toEqual([environment, profile, token, rolesAnywhere, task]);
    expect(source).toMatchObject({ skipped });
    expect(plan({ env: envKeys })).toMatchObject({ skipped: [], source: { from: "the environment" } });
    expect(plan({ config: keys("default", "AKIAOWN") }).skipped).toEqual([notes.environment]);
  });

  test("says that a profile exists and is empty", () => {
    const { skipped } = plan({ config: "[default]\nregion = eu-west-3\n" });
    expect(skipped).toContainEqual({ source: "profile default", why: "it holds no credentials" });
  });

  test("ends empty-handed where instance metadata must not be asked", async () => {
    const failure = await failureOf(() => plan({ env: { AWS_EC2_METADATA_DISABLED: "true" } }));
    expect(failure.kind).toBe("no-credentials");
    expect(failure.message).toBe("no credentials found");
    expect(failure.notes).toEqual([
      ...Object.values(notes).map(({ source, why }) => `${source}: ${why}`),
      "instance metadata: AWS_EC2_METADATA_DISABLED is true",
    ]);
  });

  test("stops at a source that is configured and wrong", async () => {
    const half = await failureOf(() => plan({ env: { AWS_ACCESS_KEY_ID: "AKIAENV", ...container } }));
    expect(half.message).toContain("AWS_SECRET_ACCESS_KEY is not");
    const broken = `[default]\nrole_arn = ${arn}\nsource_profile = gone\n`;
    const lost = await failureOf(() => plan({ env: container, config: broken }));
    expect(lost.message).toContain("there is no source profile gone");
  });
});

describe("planSource() with --profile", () => {
  const option = "p";

  test("takes the profile and nothing else", () => {
    const env = { ...envKeys, ...webIdentity, ...container };
    expect(first({ option, env, config: keys("profile p", "AKIAOWN") })).toBe("AKIAOWN+0");
  });

  test("does not go on when the profile holds nothing", async () => {
    const env = { ...envKeys, ...webIdentity, ...container };
    const failure = await failureOf(() => plan({ option, env, config: "[profile p]\nregion = eu-west-3\n" }));
    expect(failure.kind).toBe("no-credentials");
    expect(failure.message).toBe("cannot use profile p: it holds no credentials");
    expect(failure.hints).toEqual(["give it some with: aws configure --profile p"]);
  });
});

describe("planSource() with credential_source", () => {
  const named = (source: string, more: Given = {}): Given => ({
    ...more,
    option: "p",
    config: `[profile p]\nrole_arn = ${arn}\ncredential_source = ${source}\n`,
  });
  const from = "credential_source of profile p";

  test("takes keys of the environment alone", async () => {
    const { source } = plan(named("Environment", { env: { ...envKeys, ...container } }));
    expect(source).toMatchObject({ kind: "keys", from: `the environment (${from})` });
    const failure = await failureOf(() => plan(named("Environment", { env: container })));
    expect(failure.message).toBe(`cannot use ${from}: AWS_ACCESS_KEY_ID is not set`);
  });

  test("takes the container alone", async () => {
    expect(plan(named("EcsContainer", { env: { ...envKeys, ...container } })).source.kind).toBe("container");
    const failure = await failureOf(() => plan(named("EcsContainer", { env: envKeys })));
    expect(failure.message).toBe(
      `cannot use ${from}: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set`,
    );
  });

  test("takes instance metadata alone, unless AWS_EC2_METADATA_DISABLED is true", async () => {
    const { source } = plan(named("Ec2InstanceMetadata", { env: container }));
    expect(source).toMatchObject({ kind: "instance-metadata", from: `instance metadata (${from})` });
    const off = await failureOf(() =>
      plan(named("Ec2InstanceMetadata", { env: { AWS_EC2_METADATA_DISABLED: "true" } })),
    );
    expect(off.message).toBe(`cannot use ${from}: AWS_EC2_METADATA_DISABLED is true`);
    expect(shownText(off)).not.toContain("made-up");
  });
});

test("planSource() quotes the command of its hint for a shell", async () => {
  const failure = await failureOf(() =>
    plan({ option: "my prof", config: '[profile "my prof"]\nregion = eu-west-1\n' }),
  );
  expect(failure.hints).toEqual(["give it some with: aws configure --profile 'my prof'"]);
});
