/** Courses that begin with keys, with a token from outside of AWS, or with a machine's or a container's own role. */

import { setTimes } from "../../end-to-end/support/cached-credentials.ts";
import { ANA, keyLines } from "../../end-to-end/support/identities.ts";
import {
  ecKeys,
  keyPem,
  outsideArns,
  outsideWorld,
  serverCertificate,
} from "../../end-to-end/support/own-authority.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { actionsPath } from "../../stand-in/actions/actions.ts";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { ask } from "./asked.ts";
import {
  actionsSecret,
  agentToken,
  areExports,
  isCaller,
  isConsoleUrl,
  isHelperAnswer,
  type Scenario,
  webToken,
  worldWith,
} from "./scenario.ts";

const { jump, relay, guarded, machine } = SAMPLE_ROLES;
const helper = ["dumpcreds", "--credential-helper"];

const chainConfig = `[profile chain]
role_arn = ${relay}
source_profile = jump

[profile jump]
role_arn = ${jump}
source_profile = ana
`;

async function chainProfiles(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", chainConfig);
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
}

const serverKeys = ecKeys();
const agentPath = "/v2/credentials/made-up-task-id";

async function task(scene: Scene): Promise<Record<string, string>> {
  return {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${scene.standIn.ports.container}${agentPath}`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: await scene.write("run/agent-token", agentToken),
  };
}

const inJob = worldWith({
  webIdentities: [{ token: webToken, roles: [jump] }],
  actions: { requestToken: actionsSecret, token: webToken },
});
const asJob = ["--web-identity-token", "github", "--role-arn", jump];
const job = ({ standIn }: Scene): Record<string, string> => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${standIn.ports.actions}${actionsPath}?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: actionsSecret,
});

const inContainer = worldWith({ container: { role: machine, path: agentPath, authorization: agentToken } });

export const keyScenarios: readonly Scenario[] = [
  {
    name: "getcallerid with the environment's keys",
    asks: [ask.caller],
    prepare: async () => ({ args: ["getcallerid"], env: ANA }),
    isWhole: isCaller,
  },
  {
    name: "getcallerid with a profile's chain of roles",
    asks: [ask.role, ask.secondRole, ask.caller],
    prepare: async (scene) => {
      await chainProfiles(scene);
      return { args: ["getcallerid", "--profile", "chain"] };
    },
    isWhole: isCaller,
  },
  {
    name: "dumpcreds of a role that wants an MFA code",
    asks: [ask.roleWithCode],
    prepare: async ({ standIn }) => {
      const code = standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
      const mfa = ["--mfa-serial", SAMPLE_MFA.serialNumber, "--mfa-token", code];
      return { args: ["dumpcreds", "--assume-roles", guarded, ...mfa], env: ANA };
    },
    isWhole: areExports,
  },
  {
    name: "dumpcreds --get-session-token",
    asks: [ask.sessionToken],
    prepare: async () => ({ args: [...helper, "--get-session-token"], env: ANA }),
    isWhole: isHelperAnswer,
  },
  {
    name: "console with a federation token",
    asks: [ask.federationToken, ask.consoleToken],
    prepare: async () => ({ args: ["console", "--no-browser", "--get-federation-token"], env: ANA }),
    isWhole: isConsoleUrl,
  },
  {
    name: "console of a role for two hours",
    asks: [ask.role, ask.consoleTokenWithDuration],
    prepare: async () => ({
      args: ["console", "--no-browser", "--assume-roles", jump, "--duration", "7200"],
      env: ANA,
    }),
    isWhole: isConsoleUrl,
  },
  {
    name: "runas of a role",
    asks: [ask.role],
    prepare: async () => ({ args: ["runas", "--assume-roles", jump, "-c", "echo ran"], env: ANA }),
    isWhole: (stdout) => stdout === "ran\n",
  },
  {
    name: "dumpcreds of a cached chain",
    asks: [ask.role, ask.secondRole],
    prepare: async () => ({
      args: [...helper, "--use-cache", "--assume-roles", `${jump},${relay}`],
      env: ANA,
    }),
    isWhole: isHelperAnswer,
  },
  {
    name: "dumpcreds of a cached role that is about to end",
    asks: [ask.role],
    prepare: async (scene) => {
      const line = { args: [...helper, "--use-cache", "--assume-roles", jump], env: ANA };
      await scene.run(line.args, line.env);
      await setTimes(scene, { acquired: -3300, expires: 300 });
      scene.standIn.reset();
      return line;
    },
    isWhole: isHelperAnswer,
    spare: true,
  },
  {
    name: "getcallerid with a web identity",
    asks: [ask.roleWithWebIdentity, ask.caller],
    options: worldWith({ webIdentities: [{ token: webToken, roles: [jump] }] }),
    prepare: async (scene) => {
      const file = await scene.write("run/token", webToken);
      return { args: ["getcallerid"], env: { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: jump } };
    },
    isWhole: isCaller,
  },
  {
    name: "getcallerid with a token of GitHub Actions",
    asks: [ask.actionsToken, ask.roleWithWebIdentity, ask.caller],
    options: inJob,
    prepare: async (scene) => ({ args: ["getcallerid", ...asJob], env: job(scene) }),
    isWhole: isCaller,
  },
  {
    name: "dumpcreds with a token of GitHub Actions, credentials cached",
    asks: [ask.actionsToken, ask.roleWithWebIdentity],
    options: inJob,
    prepare: async (scene) => ({ args: [...helper, "--use-cache", ...asJob], env: job(scene) }),
    isWhole: isHelperAnswer,
  },
  {
    name: "getcallerid with a certificate",
    asks: [ask.certificateSession, ask.caller],
    options: { world: outsideWorld },
    prepare: async (scene) => {
      await scene.write(
        "run/server.pem",
        keyPem(serverKeys) + serverCertificate({ subject: "server", keys: serverKeys }),
      );
      return { args: ["getcallerid", "--certificate", `${scene.root}/run/server.pem`, ...outsideArns] };
    },
    isWhole: isCaller,
  },
  {
    name: "dumpcreds of a container's role",
    asks: [ask.container],
    options: inContainer,
    prepare: async (scene) => ({ args: helper, env: await task(scene) }),
    isWhole: isHelperAnswer,
  },
  {
    name: "getcallerid with a role that a container's role may assume, cached",
    asks: [ask.container, ask.role, ask.caller],
    options: inContainer,
    prepare: async (scene) => ({
      args: ["getcallerid", "--use-cache", "--assume-roles", jump],
      env: await task(scene),
    }),
    isWhole: isCaller,
  },
  {
    name: "getcallerid with the machine's role",
    asks: [
      ask.metadataToken,
      ask.newerMetadataFolder,
      ask.metadataRoleName,
      ask.metadataKeys,
      ask.metadataRegion,
      ask.caller,
    ],
    prepare: async (scene) => ({
      args: ["getcallerid"],
      // A second is short for a machine that has much else to do.
      env: { ...scene.metadata, AWS_METADATA_SERVICE_TIMEOUT: "10" },
    }),
    isWhole: isCaller,
  },
];
