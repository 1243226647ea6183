import { describe, expect, test } from "bun:test";
import type { CredentialSource } from "../../src/credentials/credential-source.ts";
import { type NamedSources, planProfile } from "../../src/credentials/profile.ts";
import { configPath, sharedFrom } from "../config/from-text.ts";
import { failureOf, shownText } from "../support/failure.ts";

const named =
  (which: string) =>
  (from: string): CredentialSource => ({ kind: "keys", from: `${which}: ${from}`, credentials });
const credentials = { accessKeyId: "AKIANAMED", secretAccessKey: "made-up" };
const sources: NamedSources = {
  environment: named("environment"),
  container: named("container"),
  instanceMetadata: named("instance"),
};

/** The plan of the profile `p` of this text. */
function plan(config: string, credentialsFile = "") {
  const shared = sharedFrom(config, credentialsFile);
  const profile = shared.profile("p");
  if (profile === undefined) throw new Error("the profile p was not found");
  return planProfile(profile, shared, sources);
}

/** Access key, or kind, of the source; then the roles' names. */
function path(config: string, credentialsFile = ""): string {
  const found = plan(config, credentialsFile);
  if (found === undefined) return "nothing";
  const { source, roles } = found;
  const first = source.kind === "keys" ? source.credentials.accessKeyId : source.kind;
  return [first, ...roles.map(({ roleArn }) => roleArn.split("/").at(-1))].join(" > ");
}

const arn = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const keys = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = made-up\n`;
const role = (name: string, source: string) => `role_arn = ${arn(name)}\nsource_profile = ${source}\n`;
const base = `[profile base]\n${keys("AKIABASE")}`;

describe("planProfile()", () => {
  const plans: Record<string, [config: string, path: string, credentialsFile?: string]> = {
    "finds nothing in a profile of settings": ["[profile p]\nregion = eu-west-3\n", "nothing"],
    "takes the profile's keys": [`[profile p]\n${keys("AKIAOWN")}`, "AKIAOWN"],
    "assumes a role from its source": [`[profile p]\n${role("R", "base")}${base}`, "AKIABASE > R"],
    "takes the role before the profile's own keys": [
      `[profile p]\n${keys("AKIAOWN")}${role("R", "base")}${base}`,
      "AKIABASE > R",
    ],
    "assumes role after role from the bottom up": [
      `[profile p]\n${role("C", "b")}[profile b]\n${role("B", "a")}[profile a]\n${role("A", "base")}${base}`,
      "AKIABASE > A > B > C",
    ],
    "takes a source's keys before its own role": [
      `[profile p]\n${role("R", "b")}[profile b]\n${keys("AKIAB")}${role("B", "base")}${base}`,
      "AKIAB > R",
    ],
    "takes a source's keys before its Identity Center": [
      `[profile p]\n${role("R", "b")}[profile b]\n${keys("AKIAB")}sso_account_id = 111111111111\n`,
      "AKIAB > R",
    ],
    "takes the profile's own keys where it is its own source": [
      `[profile p]\n${keys("AKIAOWN")}${role("R", "p")}`,
      "AKIAOWN > R",
    ],
    "finds a source in the credentials file": [
      `[profile p]\n${role("R", "base")}`,
      "AKIACRED > R",
      `[base]\n${keys("AKIACRED")}`,
    ],
    "finds the role itself in the credentials file": [base, "AKIABASE > R", `[p]\n${role("R", "base")}`],
    "takes a process": ["[profile p]\ncredential_process = ./helper\n", "process"],
    "takes a source's process": [
      `[profile p]\n${role("R", "b")}[profile b]\ncredential_process = ./helper\n`,
      "process > R",
    ],
    "takes a web identity with its role": [
      `[profile p]\nrole_arn = ${arn("W")}\nweb_identity_token_file = /t\n`,
      "web-identity",
    ],
    "takes a web identity before a source": [
      `[profile p]\n${role("W", "base")}web_identity_token_file = /t\n${base}`,
      "web-identity",
    ],
    "takes a source's web identity": [
      `[profile p]\n${role("R", "w")}[profile w]\nrole_arn = ${arn("W")}\nweb_identity_token_file = /t\n`,
      "web-identity > R",
    ],
    "takes a login": ["[profile p]\nlogin_session = arn:aws:iam::111111111111:user/ana\n", "login-session"],
    "takes an Identity Center role": [
      "[profile p]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = A\n" +
        "[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://d-9876543210.awsapps.com/start\n",
      "sso-role",
    ],
  };
  test.each(Object.entries(plans))("%s", (_, [config, expected, credentialsFile]) => {
    expect(path(config, credentialsFile)).toBe(expected);
  });

  test("planProfile() gives a profile's own mfa_serial with its keys, and not beside a role", () => {
    const own = plan(`[profile p]\nmfa_serial = serial\n${keys("AKIAOWN")}`);
    expect(own).toMatchObject({ roles: [], mfaSerial: "serial" });
    const above = plan(`[profile p]\n${role("R", "b")}[profile b]\nmfa_serial = serial\n${keys("AKIAB")}`);
    expect(above?.mfaSerial).toBeUndefined();
    expect(above?.roles[0]?.mfaSerial).toBeUndefined();
  });

  test("planProfile() has the warnings of every role of the chain", () => {
    const hours = "duration_seconds = 12h\n";
    const found = plan(
      `[profile p]\n${role("R", "b")}${hours}[profile b]\n${role("B", "base")}${hours}${base}`,
    );
    expect(found?.warnings?.map((line) => /profile (\w+)/.exec(line)?.[1])).toEqual(["b", "p"]);
  });

  const credentialSources = {
    Environment: "environment",
    EcsContainer: "container",
    Ec2InstanceMetadata: "instance",
  };
  test.each(Object.entries(credentialSources))("starts from credential_source = %s", (name, which) => {
    const found = plan(`[profile p]\nrole_arn = ${arn("R")}\ncredential_source = ${name}\n`);
    expect(found?.source.from).toBe(`${which}: credential_source of profile p`);
    expect(found?.roles).toHaveLength(1);
  });
});

describe("planProfile() refuses", () => {
  const doing = (line: number) => `cannot use the role of profile p (${configPath}:${line})`;
  const inB = `cannot use the role of profile b (${configPath}:6)`;
  const refusals: Record<string, [config: string, says: string]> = {
    "a role with two sources": [
      `[profile p]\n${role("R", "base")}credential_source = Environment\n${base}`,
      `${doing(2)}: it has both source_profile and credential_source`,
    ],
    "a role without a source": [
      `[profile p]\nrole_arn = ${arn("R")}\n`,
      `${doing(2)}: it has neither source_profile nor credential_source`,
    ],
    "a role without a source, its own keys notwithstanding": [
      `[profile p]\nrole_arn = ${arn("R")}\n${keys("AKIAOWN")}`,
      `${doing(2)}: it has neither source_profile nor credential_source`,
    ],
    "a source that is not there": [
      `[profile p]\n${role("R", "gone")}`,
      `${doing(3)}: there is no source profile gone`,
    ],
    "a source that holds nothing": [
      `[profile p]\n${role("R", "b")}[profile b]\nregion = eu-west-3\n`,
      `${doing(3)}: its source profile b holds no credentials`,
    ],
    "a source that is the profile itself, without keys": [
      `[profile p]\n${role("R", "p")}`,
      `${doing(3)}: source_profile is the profile itself, and it has no keys of its own`,
    ],
    "a circle": [
      `[profile p]\n${role("R", "b")}[profile b]\n${role("B", "p")}`,
      `${inB}: the source profiles form a circle: p -> b -> p`,
    ],
    "a circle, keys in it notwithstanding": [
      `[profile p]\n${role("R", "b")}[profile b]\n${role("B", "p")}[profile p]\n${keys("AKIAOWN")}`,
      `${inB}: the source profiles form a circle: p -> b -> p`,
    ],
    "an unknown credential_source": [
      `[profile p]\nrole_arn = ${arn("R")}\ncredential_source = environment\n`,
      `${doing(3)}: credential_source = environment is unknown`,
    ],
    "half a key": [
      "[profile p]\naws_access_key_id = AKIAOWN\n",
      `cannot use the keys of profile p: aws_access_key_id is set at ${configPath}:2, and aws_secret_access_key is missing`,
    ],
  };
  /** `p` and so many more, each the source of the one before it; the last has keys. */
  const chain = (length: number) => {
    const one = (index: number) => `[profile p${index || ""}]\n${role("R", `p${index + 1}`)}`;
    return `${[...Array(length).keys()].map(one).join("")}[profile p${length}]\n${keys("AKIALAST")}`;
  };

  test("no chain of a hundred profiles, and every longer one", async () => {
    expect(plan(chain(100))?.roles).toHaveLength(100);
    for (const length of [101, 20_000]) {
      const failure = await failureOf(() => plan(chain(length)));
      expect(failure.message).toEndWith(": more than 100 profiles lead to it by source_profile");
    }
  });

  test("a source that is not there with the name that may have been meant", async () => {
    const found = (text: string) => failureOf(() => plan(`[profile p]\n${role("R", "anna")}${text}`));
    expect((await found(`[profile ana]\n${keys("AKIA")}`)).hints).toEqual(["did you mean ana?"]);
    expect((await found(`[anna]\n${keys("AKIA")}`)).hints).toEqual([
      `line 4 of ${configPath} must read [profile anna]`,
    ]);
    expect((await found("")).hints).toEqual(["the profiles are: p"]);
  });

  test.each(Object.entries(refusals))("%s", async (_, [config, says]) => {
    const failure = await failureOf(() => plan(config));
    expect(failure.hints).not.toEqual([]);
    expect(failure.message).toBe(says);
    expect(failure.kind).toBe("failed");
    expect(shownText(failure)).not.toContain("made-up");
  });
});
