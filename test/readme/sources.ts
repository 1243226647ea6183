/** What makes each source of credentials in README.md's table be there, and who one is then. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { ANA } from "../end-to-end/support/identities.ts";
import { ecKeys, keyPem, serverCertificate, trustAnchor } from "../end-to-end/support/own-authority.ts";
import type { Environment } from "../end-to-end/support/run.ts";
import type { Scene } from "../end-to-end/support/scene.ts";
import { actionsPath } from "../stand-in/actions/actions.ts";
import { SAMPLE_IDENTITY_CENTER } from "../stand-in/sample-identity-center.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import type { WorldPlan } from "../stand-in/world/plan.ts";

export interface Source {
  /** Part of the ARN that the example prints. */
  readonly arn: string;
  /** Adds to the scene, in which the README's config file stands already, and answers variables to be set. */
  readonly prepare?: (scene: Scene) => Promise<Environment>;
}

const { machine, ring } = SAMPLE_ROLES;
const ANA_ARN = "arn:aws:iam::111111111111:user/ana";
const podToken = "made-up.web-identity.token-of-a-pod";
const actions = { requestToken: "made-up-request-token", token: podToken };
const agentToken = "made-up-token-of-the-agent";
const agentPath = "/v2/credentials/made-up-task-id";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { x = "", y = "" } = publicKey.export({ format: "jwk" });
const login = { clientId: "arn:aws:signin:::devtools/same-device", refreshToken: "made-up-refresh-token" };

/** What `aws login` left behind; it is over, and can be renewed. */
const endedLogin = {
  accessToken: {
    accessKeyId: "ASIAENDED",
    secretAccessKey: "made-up-ended-secret",
    sessionToken: "made-up-ended-token",
    accountId: "111111111111",
    expiresAt: "2020-01-01T00:00:00Z",
  },
  tokenType: "aws_sigv4",
  ...login,
  dpopKey: privateKey.export({ type: "sec1", format: "pem" }),
};

/** The sample world with a pod, a task and an `aws login`. */
export const world: WorldPlan = {
  ...SAMPLE_WORLD,
  trustAnchors: [trustAnchor],
  logins: [{ ...login, user: ANA_ARN, key: { x, y } }],
  webIdentities: [{ token: podToken, roles: [ring] }],
  actions,
  container: { role: machine, path: agentPath, authorization: agentToken },
};

const permissionSet = (name: string) => `:assumed-role/AWSReservedSSO_${name}_`;
const session = (name: string) => `:assumed-role/${name}/`;

/** By the first cell of the row. */
export const SOURCES: Readonly<Record<string, Source>> = {
  "Identity Center, by address": { arn: permissionSet("ReadOnlyAccess") },
  "Identity Center, by section": { arn: permissionSet("ReadOnlyAccess") },
  "Identity Center, signed in before": {
    arn: permissionSet("ReadOnlyAccess"),
    prepare: signInOnce,
  },
  "Identity Center, access token": {
    arn: permissionSet("ReadOnlyAccess"),
    prepare: async (scene) => {
      await scene.write("work/token.txt", `${scene.standIn.signIn().accessToken}\n`);
      return {};
    },
  },
  "Identity Center, token file": {
    arn: permissionSet("ReadOnlyAccess"),
    prepare: async (scene) => {
      const { accessToken, expiresAt, region, startUrl } = scene.standIn.signIn();
      const token = { accessToken, expiresAt: new Date(expiresAt).toISOString(), region, startUrl };
      await scene.write("work/token.json", JSON.stringify(token));
      return {};
    },
  },
  "IAM Roles Anywhere": {
    arn: session("Ring"),
    prepare: async (scene) => {
      const keys = ecKeys();
      await scene.write("work/server.pem", serverCertificate({ subject: "server", keys }));
      await scene.write("work/server-key.pem", keyPem(keys));
      return {};
    },
  },
  "Web identity, token file": { arn: session("Ring"), prepare: writeToken },
  "Web identity, stdin": { arn: session("Ring"), prepare: writeToken },
  "Web identity, GitHub Actions": {
    arn: session("Ring"),
    prepare: async ({ standIn }) => ({
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${standIn.ports.actions}${actionsPath}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: actions.requestToken,
    }),
  },
  "Profile: Identity Center": { arn: permissionSet("PowerUserAccess") },
  "Profile: role": { arn: session("Reader") },
  "Profile: web identity": {
    arn: session("Ring"),
    prepare: async (scene) => {
      const file = await scene.write("run/token", podToken);
      return addProfile(scene, "pod", `role_arn = ${ring}\nweb_identity_token_file = ${file}\n`);
    },
  },
  "Profile: keys": { arn: ANA_ARN },
  "Profile: program": {
    arn: session("Reader"),
    prepare: signInOnce,
  },
  "Profile: AWS CLI's `aws login`": {
    arn: ANA_ARN,
    prepare: async (scene) => {
      const name = createHash("sha256").update(ANA_ARN).digest("hex");
      await scene.write(`home/.aws/login/cache/${name}.json`, JSON.stringify(endedLogin));
      return addProfile(scene, "web", `login_session = ${ANA_ARN}\n`);
    },
  },
  "Environment: keys": { arn: ANA_ARN, prepare: async () => ANA },
  "Environment: profile": { arn: session("Reader") },
  "Environment: web identity": {
    arn: session("Ring"),
    prepare: async (scene) => ({
      AWS_WEB_IDENTITY_TOKEN_FILE: await scene.write("run/token", podToken),
      AWS_ROLE_ARN: ring,
    }),
  },
  "Container (ECS, EKS)": {
    arn: session("Machine"),
    prepare: async ({ standIn }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${standIn.ports.container}${agentPath}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: agentToken,
    }),
  },
  "EC2 instance metadata": { arn: session("Machine"), prepare: async ({ metadata }) => metadata },
};

async function signInOnce({ bash }: Scene): Promise<Environment> {
  const { status, stderr } = await bash(
    `aws-login login --use-device-code --start-url ${SAMPLE_IDENTITY_CENTER.startUrl}`,
  );
  if (status !== 0) throw new Error(stderr);
  return {};
}

async function writeToken(scene: Scene): Promise<Environment> {
  await scene.write("work/token.jwt", podToken);
  return {};
}

async function addProfile(scene: Scene, name: string, lines: string): Promise<Environment> {
  const config = await Bun.file(join(scene.home, ".aws/config")).text();
  await scene.write("home/.aws/config", `${config}\n[profile ${name}]\n${lines}region = eu-west-1\n`);
  return {};
}
