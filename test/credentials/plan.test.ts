import { describe, expect, test } from "bun:test";
import { partitionOfRegion } from "../../src/aws/endpoints/partitions.ts";
import { chooseProfile, chosenProfile } from "../../src/config/profile-choice.ts";
import { chooseRegion } from "../../src/config/region.ts";
import { planCredentials } from "../../src/credentials/plan.ts";
import { parseRoleList } from "../../src/credentials/role-chain/role-list.ts";
import type { Environment } from "../../src/system/types.ts";
import { sharedFrom } from "../config/from-text.ts";
import { failureOf } from "../support/failure.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";
import { deployArn, jumpArn } from "../support/plans.ts";

interface Asked {
  readonly command?: "getcallerid" | "dumpcreds";
  readonly words?: readonly string[];
  readonly env?: Environment;
  readonly config?: string;
}

function plan({ command = "getcallerid", words = [], env = environmentKeys, config: text = "" }: Asked) {
  const request = optionsOf(command, ...words);
  const config = sharedFrom(text);
  const choice = chooseProfile(request.profile, env);
  const profile = chosenProfile(choice, config);
  const region = chooseRegion(request.region, env, profile);
  const roles =
    request.assumeRoles === undefined
      ? []
      : parseRoleList({ text: request.assumeRoles, source: "--assume-roles" });
  return planCredentials({ request, env, config, choice, profile, region, roles });
}

const keys = "aws_access_key_id = AKIAOWN\naws_secret_access_key = made-up\n";
const china = "arn:aws-cn:iam::111111111111:role/China";
const gov = partitionOfRegion("us-gov-west-1");
const portal = (region: string) =>
  `sso_start_url = https://d-1.awsapps.com/start\nsso_region = ${region}\nsso_account_id = 111111111111\nsso_role_name = R\n`;

describe("planCredentials()", () => {
  test("planCredentials() takes the keys of the environment alone", async () => {
    expect(await plan({})).toEqual({
      source: {
        kind: "keys",
        from: "the environment",
        credentials: { accessKeyId: "AKIASTART", secretAccessKey: "made/up+start" },
      },
      skipped: [],
      steps: [],
      stepInput: undefined,
      kind: "long-term",
      partition: undefined,
      warnings: [],
    });
  });

  test("planCredentials() follows the chain to the kind of the final credentials", async () => {
    const config = `[profile p]\nrole_arn = ${jumpArn}\nsource_profile = b\nduration_seconds = 1h\n[profile b]\n${keys}`;
    const planned = await plan({ words: ["--profile", "p", "--assume-roles", deployArn, "--nrt"], config });
    expect(planned.steps).toHaveLength(2);
    expect(planned).toMatchObject({ kind: "chained-role", partition: { id: "aws" } });
    expect(planned.warnings.map((line) => /--nrt|duration_seconds/.exec(line)?.[0])).toEqual([
      "duration_seconds",
      "--nrt",
    ]);
  });

  test("planCredentials() uses mfa_serial of the profile that holds the keys, with which --mfa-token has an effect", async () => {
    const config = `[profile ana]\nmfa_serial = arn:aws:iam::111111111111:mfa/ana\n${keys}`;
    for (const words of [["--get-session-token"], ["--assume-roles", deployArn]]) {
      const planned = await plan({ words: ["--profile", "ana", "--mfa-token", "123456", ...words], config });
      expect(planned.steps[0]).toMatchObject({ mfaSerial: "arn:aws:iam::111111111111:mfa/ana" });
      expect(planned.warnings).toEqual([]);
    }
  });

  const partitions: Record<string, [asked: Asked, partition: string | undefined]> = {
    "is unknown for keys": [{}, undefined],
    "is that of a role": [{ words: ["--assume-roles", china] }, "aws-cn"],
    "is that of a portal": [{ env: {}, config: `[default]\n${portal("us-gov-west-1")}` }, "aws-us-gov"],
    "is that of a portal whose region asks for FIPS": [
      { env: {}, config: `[default]\n${portal("fips-us-gov-west-1")}` },
      "aws-us-gov",
    ],
    "is that of a login": [
      { env: {}, config: "[default]\nlogin_session = arn:aws-cn:iam::111111111111:user/ana\n" },
      "aws-cn",
    ],
    "is that of a web identity's role": [
      { env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/t", AWS_ROLE_ARN: china } },
      "aws-cn",
    ],
    "is that of a given token's portal": [
      {
        env: {},
        words: [
          "--sso-access-token",
          "made-up",
          "--sso-region",
          "us-gov-east-1",
          "--sso-acct-id",
          "111111111111",
          "--sso-role-name",
          "R",
        ],
      },
      "aws-us-gov",
    ],
  };
  test.each(Object.entries(partitions))(
    "planCredentials(): the partition %s",
    async (_, [asked, partition]) => {
      expect((await plan(asked)).partition?.id).toBe(partition);
    },
  );

  test("planCredentials() gives a federated user the policy of the region's partition", async () => {
    const { steps } = await plan({ words: ["--get-federation-token", "--region", gov.globalRegion] });
    expect(steps[0]).toMatchObject({ policyArn: "arn:aws-us-gov:iam::aws:policy/AdministratorAccess" });
  });

  test("planCredentials() refuses to send credentials to another partition than theirs", async () => {
    const config = `[default]\n${portal("us-gov-west-1")}`;
    const ofSource = await failureOf(() => plan({ env: {}, config, words: ["--assume-roles", deployArn] }));
    expect(ofSource.message).toStartWith(
      `cannot assume role ${deployArn}: it belongs to the partition aws, and the credentials of profile default (`,
    );
    const ofRole = await failureOf(() => plan({ words: ["--assume-roles", `${jumpArn},${china}`] }));
    expect(ofRole.message).toBe(
      `cannot assume role ${china}: it belongs to the partition aws-cn, and ${jumpArn} to aws`,
    );
  });

  test("planCredentials() refuses another region than that of the profile's portal", async () => {
    const config = `[profile p]\n${portal("eu-west-1")}`;
    const failure = await failureOf(() =>
      plan({ words: ["--profile", "p", "--sso-region", "us-east-1"], config }),
    );
    expect([failure.kind, failure.message]).toEqual([
      "usage",
      expect.stringContaining("--sso-region us-east-1 contradicts the region of profile p"),
    ]);
  });
});

describe("planCredentials(), settings of the profile without effect", () => {
  const config = `[profile p]\nregoin = eu-west-1\ncredential_process = helper\n${keys}`;
  const words = ["--profile", "p"];
  const warnings = [
    "aws-login: warning: profile p: regoin (/home/me/.aws/config:2) has no effect: did you mean region?",
    "aws-login: warning: profile p: credential_process (/home/me/.aws/config:3) is not used: aws_access_key_id (/home/me/.aws/config:4) comes first",
  ];

  test("planCredentials() warns about each", async () => {
    expect((await plan({ words, config })).warnings).toEqual(warnings);
  });

  test("planCredentials() is silent for an SDK, unless --verbose asks", async () => {
    const helper = [...words, "--credential-helper"];
    expect((await plan({ command: "dumpcreds", words: helper, config })).warnings).toEqual([]);
    const verbose = await plan({ command: "dumpcreds", words: [...helper, "--verbose"], config });
    expect(verbose.warnings).toEqual(warnings);
  });

  test("planCredentials() is silent where the environment gives the credentials", async () => {
    const env = { ...environmentKeys, AWS_PROFILE: "p" };
    expect((await plan({ env, config })).warnings).toEqual([]);
  });

  test("planCredentials() notes a name that is not known beside the error of a setting that is missing", async () => {
    const misspelled = `[profile p]\nrole_arn = ${jumpArn}\nsource_profil = base\n`;
    const { message, notes } = await failureOf(() => plan({ words, config: misspelled }));
    expect(message).toContain("it has neither source_profile nor credential_source");
    expect(notes).toEqual([
      "profile p: source_profil (/home/me/.aws/config:3) has no effect: did you mean source_profile?",
    ]);
  });

  test("planCredentials() notes that no source applies", async () => {
    const env = { AWS_EC2_METADATA_DISABLED: "true" };
    const misspelled = "[default]\naws_acces_key_id = AKIAMADEUP\n";
    const { kind, notes } = await failureOf(() => plan({ env, config: misspelled }));
    expect(kind).toBe("no-credentials");
    expect(notes.at(-1)).toBe(
      "profile default: aws_acces_key_id (/home/me/.aws/config:2) has no effect: did you mean aws_access_key_id?",
    );
  });

  test("planCredentials() warns about unknown names alone where a source after the profile gives the credentials", async () => {
    const env = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/creds" };
    const planned = await plan({ env, config: "[default]\nregoin = eu-west-1\n" });
    expect(planned.warnings).toEqual([
      "aws-login: warning: profile default: regoin (/home/me/.aws/config:2) has no effect: did you mean region?",
    ]);
  });
});
