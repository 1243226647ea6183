/** AWS's own SDKs as programs of `runas --auto-refresh` and beside `serve`: whose credentials they use. */
import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { clientScenario, clients, clientVariables } from "./support/clients.ts";
import { untilIssued, worldWithShortRoles } from "./support/endpoints.ts";
import { keyLines, keyVariables } from "./support/identities.ts";
import { type Environment, start } from "./support/run.ts";
import { serve, serveDetached, withServed } from "./support/served.ts";
import { config as portalConfig, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

/** Seconds that a set lives where one is to end. */
const life = 3;
const { jump, ring } = SAMPLE_ROLES;
const account = "arn:aws:sts::111111111111:assumed-role";
/** Whose credentials the endpoint serves. */
const served = `${account}/Jump/served`;

/** The profiles `served`, which the endpoint serves, and `other`, which a program may choose. */
const profiles = `[profile served]
role_arn = ${jump}
source_profile = ana
role_session_name = served

[profile other]
role_arn = ${ring}
source_profile = ana
role_session_name = other

[profile ana]
${keyLines(SAMPLE_KEYS.ana)}`;

interface Situation {
  /** Of the default profile, in `~/.aws/config`. */
  readonly defaultProfile?: string;
  /** All of `~/.aws/credentials`. */
  readonly credentials?: string;
  readonly env?: Environment;
  /** Of the client. */
  readonly options?: readonly string[];
  readonly identity?: string;
}

const keys = keyLines(SAMPLE_KEYS.ana);
const printKeys = `printf '{"Version":1,"AccessKeyId":"${SAMPLE_KEYS.ana.accessKeyId}","SecretAccessKey":"${SAMPLE_KEYS.ana.secretAccessKey}"}'`;
const portalRole = "sso_account_id = 012345678901\nsso_role_name = ReadOnlyAccess\n";

const situations: Readonly<Record<string, Situation>> = {
  "where there is no default profile": {},
  "where the default profile has a region alone": { defaultProfile: "region = eu-west-3\n" },
  "where [default] has keys in the credentials file": { credentials: `[default]\n${keys}` },
  "where [default] has keys in the config file": { defaultProfile: keys },
  "where [default] has a credential_process": {
    defaultProfile: `credential_process = sh -c "${printKeys.replaceAll('"', '\\"')}"\n`,
  },
  "where [default] has an sso_session": { defaultProfile: `sso_session = my-sso\n${portalRole}` },
  "where [default] has a portal of the older form": {
    defaultProfile: `sso_start_url = ${startUrl}\nsso_region = us-east-1\n${portalRole}`,
  },
  "where [default] has a role": { defaultProfile: `role_arn = ${ring}\nsource_profile = ana\n` },
  "whatever the caller's variables name": {
    env: {
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/other",
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "other",
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/nowhere",
      AWS_PROFILE: "other",
      AWS_DEFAULT_PROFILE: "other",
      AWS_ROLE_ARN: ring,
      AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere",
    },
  },
  "where a proxy is set for every address": {
    // It serves none; STS is asked through the other one.
    env: { HTTP_PROXY: "http://127.0.0.1:1", http_proxy: "http://127.0.0.1:1" },
  },
  "unless it is told another profile": {
    credentials: `[default]\n${keys}`,
    options: ["--profile", "other"],
    identity: `${account}/Ring/other`,
  },
};

for (const client of clients) {
  for (const [where, situation] of Object.entries(situations)) {
    const name = `${client.name} is the identity that runas --auto-refresh serves ${where}`;
    clientScenario(client, name, async (scene, argv) => {
      const { defaultProfile, credentials, env = {}, options = [], identity = served } = situation;
      const ofDefault = defaultProfile === undefined ? "" : `[default]\n${defaultProfile}\n`;
      await scene.write("home/.aws/config", `${ofDefault}${profiles}\n${portalConfig}`);
      await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
      if (credentials !== undefined) await scene.write("home/.aws/credentials", credentials);
      const args = ["runas", "--auto-refresh", "--profile", "served", "--", ...argv, ...options];
      const ended = await scene.run(args, { ...clientVariables(client, scene.standIn), ...env });
      expect(ended).toEqual({ status: 0, stdout: `${identity}\n`, stderr: "" });
    });
  }
}

for (const client of clients) {
  for (const [form, begin] of Object.entries({ serve, "serve --detach": serveDetached })) {
    clientScenario(client, `${client.name} is the identity that ${form} serves`, async (scene, argv) => {
      await scene.write("home/.aws/config", profiles);
      await scene.write("home/.aws/credentials", `[default]\n${keys}`);
      const env = {
        ...scene.env,
        ...clientVariables(client, scene.standIn),
        ...keyVariables(SAMPLE_KEYS.ana),
      };
      const running = await begin(scene, ["--profile", "served"], env);
      const ended = await start(argv, { ...env, ...withServed(running) }, scene.work).ended;
      expect(ended).toEqual({ status: 0, stdout: `${served}\n`, stderr: "" });
      running.kill("SIGTERM");
      await running.ended;
    });
  }

  clientScenario(
    client,
    `${client.name} is each identity of serve --profiles, by its path`,
    async (scene, argv) => {
      const spaced = `[profile "a b"]\nrole_arn = ${ring}\nsource_profile = ana\nrole_session_name = spaced\n`;
      await scene.write("home/.aws/config", `${profiles}\n${spaced}`);
      const env = { ...scene.env, ...clientVariables(client, scene.standIn) };
      const running = await serve(scene, ["--profile", "served", "--profiles"], env);
      const callers = Object.entries({
        "/profile/other": `${account}/Ring/other`,
        "/profile/a%20b": `${account}/Ring/spaced`,
      }).map(async ([path, identity]) => {
        const uri = `${running.uri}${path}`;
        const variables = { ...env, ...withServed(running), AWS_CONTAINER_CREDENTIALS_FULL_URI: uri };
        const { status, stdout, stderr } = await start(argv, variables, scene.work).ended;
        expect([path, status, stdout, stderr]).toEqual([path, 0, `${identity}\n`, ""]);
      });
      await Promise.all(callers);
      running.kill("SIGTERM");
      await running.ended;
    },
  );
}

for (const client of clients) {
  const what =
    client.tells === "nothing" ? "says that there are no credentials" : "tells the command that helps";
  const name = `${client.name} ${what} when a sign-in is needed`;
  clientScenario(
    client,
    name,
    async (scene, argv) => {
      const { standIn } = scene;
      await scene.write("home/.aws/config", portalConfig);
      await scene.write(sessionToken, tokenFile(standIn.signIn(), 3600));
      const later = 'until [ -e go ]; do sleep 0.05; done; exec "$0" "$@"';
      const args = ["runas", "--auto-refresh", "--profile", "s", "--", "sh", "-c", later, ...argv];
      const program = scene.start(args, clientVariables(client, standIn));
      await untilIssued(scene, 1);
      standIn.endSignIns();
      await Bun.sleep(life * 1_000);
      await scene.write("work/go", "");
      const { status, stdout, stderr } = await program.ended;
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(client.tells === "nothing" ? "Could not load" : "aws-login login --profile s");
    },
    { world: worldWithShortRoles(life) },
  );
}

for (const client of clients) {
  clientScenario(
    client,
    `${client.name} finds the identity that serve --imds serves as instance metadata, by a name`,
    async (scene, argv) => {
      await scene.write("home/.aws/config", profiles);
      const env = { ...scene.env, ...clientVariables(client, scene.standIn) };
      const running = await serve(scene, ["--profile", "served", "--imds"], env);
      const inContainer = {
        ...env,
        // Version 2.9 of the AWS CLI wants the slash.
        AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://localhost:${running.port}/`,
        AWS_EC2_METADATA_DISABLED: undefined,
      };
      const ended = await start(argv, inContainer, scene.work).ended;
      expect(ended).toEqual({ status: 0, stdout: `${served}\n`, stderr: "" });
      running.kill("SIGTERM");
      await running.ended;
    },
  );
}
