import { describe, expect, test } from "bun:test";
import { run } from "../../src/commands/dumpcreds.ts";
import { plainKeys } from "../../src/commands/plain-keys.ts";
import type { Environment } from "../../src/system/types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { optionsOf } from "../support/options.ts";

const keys = ["aws_access_key_id = AKIAMADEUP", "aws_secret_access_key = made/up"];

interface Files {
  readonly config?: string;
  readonly credentials?: string;
}

function filesOf(
  { config = "", credentials = "" }: Files,
  env: Environment,
): Readonly<Record<string, string>> {
  return { [`${env.HOME}/.aws/config`]: config, [`${env.HOME}/.aws/credentials`]: credentials };
}

interface Run {
  readonly helper?: boolean;
  readonly env?: Environment;
}

/** What `plainKeys()` says to `--profile p`. */
function plainAnswer(files: Files, { helper = false, env = {} }: Run = {}): string | undefined {
  const found = filesOf(files, { HOME: "/home/me", ...env });
  return plainKeys(
    { profile: "p", credentialHelper: helper },
    { HOME: "/home/me", ...env },
    { platform: "linux", readMapped: (path) => found[path], stdoutMayBeTerminal: () => false },
  );
}

/** What the whole program says to the same. */
async function wholeAnswer(files: Files, { helper = false, env = {} }: Run = {}): Promise<string> {
  const environment = { HOME: "/home/me", ...env };
  const system = fakeSystem({ env: environment, platform: "linux", files: filesOf(files, environment) });
  await run(optionsOf("dumpcreds", "--profile", "p", ...(helper ? ["--credential-helper"] : [])), system);
  expect(system.stderrLines).toEqual([]);
  return system.stdoutTexts.join("");
}

const section = (...lines: string[]) => ["[profile p]", ...lines, ""].join("\n");

describe("plainKeys()", () => {
  const same: Record<string, Files> = {
    "keys of the config file": { config: section(...keys) },
    "keys of the credentials file": { credentials: ["[p]", ...keys].join("\n") },
    "session keys with a region": {
      config: section("region = eu-west-1", "output = json"),
      credentials: ["[p]", ...keys, "aws_session_token = to=ken=="].join("\n"),
    },
    "keys of which the credentials file has the last word": {
      config: section(...keys, "region = fips-us-east-1"),
      credentials: ["[p]", "aws_secret_access_key = other's # no comment", "[p]", "cli_pager =", ""].join(
        "\n",
      ),
    },
    "a profile with a name in quotes": { config: ['[profile "p"]', ...keys].join("\n") },
    "a profile between others": {
      config: `[default]\nregion = us-west-2\n[profile pp]\nrole_arn = x\n${section(...keys)}[profile q]\n`,
    },
  };
  for (const [sentence, files] of Object.entries(same)) {
    for (const helper of [false, true]) {
      test(`plainKeys() answers for ${sentence} as the whole program does${helper ? ", for a helper" : ""}`, async () => {
        const answer = plainAnswer(files, { helper });
        expect(answer).toContain("AKIAMADEUP");
        expect(answer).toBe(await wholeAnswer(files, { helper }));
      });
    }
  }

  const left: Record<string, [files: Files, run?: Run]> = {
    "a role": [{ config: section(...keys, "role_arn = arn", "source_profile = q") }],
    "a credential_process beside the keys": [{ config: section(...keys, "credential_process = x") }],
    "a setting that is unknown": [{ config: section(...keys, "regoin = eu-west-1") }],
    "a setting by the name of an object's member": [{ config: section(...keys, "constructor = x") }],
    "certificates of its own": [{ config: section(...keys, "ca_bundle = /x") }],
    "an account": [{ config: section(...keys, "aws_account_id = 012345678901") }],
    "a key without a secret": [{ config: section("aws_access_key_id = AKIAMADEUP") }],
    "an empty secret": [{ config: section("aws_access_key_id = A", "aws_secret_access_key =") }],
    "no profile of that name": [{ config: "[profile q]\n" }],
    "certificates of the environment": [{ config: section(...keys) }, { env: { AWS_CA_BUNDLE: "" } }],
    "a proxy": [{ config: section(...keys) }, { env: { https_proxy: "x:y" } }],
    "attempts of the environment": [{ config: section(...keys) }, { env: { AWS_MAX_ATTEMPTS: "x" } }],
    "no home": [{ config: section(...keys) }, { env: { HOME: "" } }],
    "no config file": [{ config: section(...keys) }, { env: { AWS_CONFIG_FILE: "" } }],
    "files elsewhere that cannot be mapped": [
      { config: section(...keys) },
      { env: { AWS_SHARED_CREDENTIALS_FILE: "/elsewhere" } },
    ],
  };
  test.each(Object.entries(left))("plainKeys() leaves %s to the whole program", (_, [files, more]) => {
    expect(plainAnswer(files, more)).toBeUndefined();
  });

  test("plainKeys() leaves Windows, and the comment's place on a terminal, to the whole program", () => {
    const found = filesOf({ config: section(...keys) }, { HOME: "/home/me" });
    const ask = (platform: NodeJS.Platform, mayBe: boolean, credentialHelper: boolean) =>
      plainKeys(
        { profile: "p", credentialHelper },
        { HOME: "/home/me" },
        { platform, readMapped: (path) => found[path], stdoutMayBeTerminal: () => mayBe },
      );
    expect(ask("win32", false, true)).toBeUndefined();
    expect(ask("linux", true, false)).toBeUndefined();
    expect(ask("linux", true, true)).toContain("AKIAMADEUP");
  });

  const refused: Record<string, [files: Files, run?: Run]> = {
    "a region that cannot be one": [{ config: section(...keys, "region = a.b") }],
    "a region of the environment that cannot be one": [
      { config: section(...keys) },
      { env: { AWS_REGION: "a.b" } },
    ],
    "a line without an equals sign": [{ config: section(...keys, "region") }],
    "a key that goes on in the next line": [{ config: section(...keys, " region = eu-west-1") }],
    "a setting before the first section": [{ config: `x = y\n${section(...keys)}` }],
  };
  test.each(Object.entries(refused))(
    "plainKeys() refuses %s as the whole program does",
    async (_, [files, more]) => {
      const failure = await failureOf(() => plainAnswer(files, more));
      expect(failure).toEqual(await failureOf(() => wholeAnswer(files, more)));
    },
  );
});
