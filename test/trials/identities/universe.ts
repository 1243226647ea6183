/** Everything that may lead to another identity, with the values that it may have: files, variables, options, machines. */
import type { Environment } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES, SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import type { InstancePlan, WorldPlan } from "../../stand-in/world/plan.ts";

const { jump, ring, machine } = SAMPLE_ROLES;
const otherMachine = "arn:aws:iam::111111111111:role/Other";
const tokens = ["made-up.web-identity.token-one", "made-up.web-identity.token-two"] as const;
const center = (startUrl: string, user: string) => ({
  startUrl,
  region: "us-east-1",
  user,
  accounts: [
    { id: "111111111111", name: "one", roles: [{ name: "Reader" }, { name: "Writer" }] },
    { id: "333333333333", name: "two", roles: [{ name: "Reader" }, { name: "Writer" }] },
  ],
});
const portals = ["https://d-1111111111.awsapps.com/start", "https://d-2222222222.awsapps.com/start"] as const;

/** Two persons, two tokens of a web identity, two users with keys, two machines. */
export const world: WorldPlan = {
  ...SAMPLE_WORLD,
  roles: [...(SAMPLE_WORLD.roles ?? []), { account: "111111111111", name: "Other", trusts: [] }],
  users: [
    { account: "111111111111", name: "ana", keys: [SAMPLE_KEYS.ana] },
    { account: "111111111111", name: "bob", keys: [SAMPLE_KEYS.mei] },
  ],
  webIdentities: [
    { token: tokens[0], roles: [jump, ring] },
    { token: tokens[1], roles: [ring] },
  ],
  identityCenters: [center(portals[0], "ana@one"), center(portals[1], "bob@two")],
};

export interface Universe {
  /** By path below the root of the scene; undefined: there is no such file. */
  readonly files: Readonly<Record<string, readonly (string | undefined)[]>>;
  readonly variables: Readonly<Record<string, readonly (string | undefined)[]>>;
  /** Values of options; undefined leaves the option out. */
  readonly options: Readonly<Record<string, readonly (string | undefined)[]>>;
  /** On which the program runs, with one home directory: what instance metadata says. */
  readonly machines: readonly InstancePlan[];
  /** Seconds by which this machine's clock is ahead of AWS's. */
  readonly clocks: readonly number[];
  /** What holds throughout. */
  readonly env: Environment;
}

const sessionToken = ".aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json";

/** Both variants of each text have one length. */
export function universe({ root, standIn, metadata }: Scene): Universe {
  const config = (roleArn: string, account: string, name: string) => `[profile chain]
role_arn = ${roleArn}
role_session_name = ${name}
source_profile = base
[profile sso]
sso_session = my-sso
sso_account_id = ${account}
sso_role_name = Reader
[profile web]
role_arn = ${ring}
role_session_name = ${name}
web_identity_token_file = ${root}/run/token
[profile machine]
role_arn = ${roleArn}
role_session_name = ${name}
credential_source = Ec2InstanceMetadata
[profile helped]
credential_process = cat $WHO
[sso-session my-sso]
sso_start_url = ${portals[0]}
sso_region = us-east-1
`;
  const keys = ({ accessKeyId, secretAccessKey }: (typeof SAMPLE_KEYS)["ana"]) =>
    `[base]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  const printed = ({ accessKeyId, secretAccessKey }: (typeof SAMPLE_KEYS)["ana"]) =>
    JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey });
  const configs = [config(jump, "111111111111", "one"), config(ring, "333333333333", "two")];
  const credentials = [keys(SAMPLE_KEYS.ana), keys(SAMPLE_KEYS.mei)];
  const signIns = portals.map((startUrl) =>
    tokenFile(standIn.signIn({ startUrl }), 7 * 86_400, { startUrl: portals[0] }),
  );
  return {
    files: {
      "home/.aws/config": configs,
      "home/.aws/credentials": credentials,
      [`home/${sessionToken}`]: signIns,
      "elsewhere/.aws/config": configs.toReversed(),
      "elsewhere/.aws/credentials": credentials,
      [`elsewhere/${sessionToken}`]: signIns.toReversed(),
      "run/config": configs,
      "run/config-2": configs.toReversed(),
      "run/token": [...tokens, undefined],
      "run/roles": [ring, jump],
      "run/helper-1": [SAMPLE_KEYS.ana, SAMPLE_KEYS.mei].map(printed),
      "run/helper-2": [SAMPLE_KEYS.mei, SAMPLE_KEYS.ana].map(printed),
    },
    variables: {
      HOME: [`${root}/home`, `${root}/elsewhere`],
      WHO: [`${root}/run/helper-1`, `${root}/run/helper-2`],
      AWS_CONFIG_FILE: [undefined, undefined, `${root}/run/config`, `${root}/run/$NAME`],
      NAME: ["config", "config-2"],
      AWS_PROFILE: [undefined, "chain", "web"],
      AWS_REGION: [undefined, "eu-west-1", "us-west-2"],
      AWS_ROLE_SESSION_NAME: [undefined, "variable"],
    },
    options: {
      "--profile": ["chain", "sso", "web", "machine", "helped", "base", undefined],
      "--assume-roles": [undefined, undefined, ring, jump, `file://${root}/run/roles`],
      "--role-session-name": [undefined, "option"],
      "--region": [undefined, "us-east-1"],
      "--duration": [undefined, "1800"],
    },
    machines: [
      { role: machine, region: "eu-west-1" },
      { role: otherMachine, region: "eu-west-1" },
      { region: "eu-west-1" },
    ],
    clocks: [0, 0, 1_200, -1_200, 18_000, -18_000],
    env: { ...metadata, AWS_LOGIN_HOME: `${root}/own`, AWS_MAX_ATTEMPTS: "1" },
  };
}
