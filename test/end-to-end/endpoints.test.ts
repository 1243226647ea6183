import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const { jump } = SAMPLE_ROLES;
const args = ["getcallerid", "--assume-roles", jump];
const own = ({ standIn }: Scene) => `http://127.0.0.1:${standIn.ports.sts}`;

function good(scene: Scene) {
  return { status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" };
}

/** Where a custom endpoint may be set, and what then serves the requests. */
const settings: Record<string, (url: string) => { env?: Record<string, string>; config?: string }> = {
  AWS_ENDPOINT_URL_STS: (url) => ({ env: { AWS_ENDPOINT_URL_STS: url } }),
  AWS_ENDPOINT_URL: (url) => ({ env: { AWS_ENDPOINT_URL: url } }),
  "AWS_ENDPOINT_URL_STS before AWS_ENDPOINT_URL": (url) => ({
    env: { AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
  }),
  "AWS_ENDPOINT_URL with a path and a slash": (url) => ({ env: { AWS_ENDPOINT_URL: `${url}/some/path/` } }),
  "endpoint_url of the profile": (url) => ({ config: `[default]\nendpoint_url = ${url}\n` }),
  "the services section of the profile": (url) => ({
    config: `[default]\nservices = local\n\n[services local]\nsts =\n  endpoint_url = ${url}\n`,
  }),
};

for (const [name, make] of Object.entries(settings)) {
  scenario(`${name} leads to another STS`, async (scene) => {
    const { env, config } = make(own(scene));
    if (config !== undefined) await scene.write("home/.aws/config", config);
    expect(await scene.run(args, { ...ANA, ...env })).toEqual(good(scene));
    expect(scene.standIn.requests.map(({ entrance }) => entrance)).toEqual(["sts", "sts"]);
    expect(scene.standIn.connections).toHaveLength(1);
  });
}

scenario("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS switches them off", async (scene) => {
  const env = { AWS_ENDPOINT_URL: own(scene), AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" };
  expect(await scene.run(args, { ...ANA, ...env })).toEqual(good(scene));
  expect(scene.standIn.tunnels.map(({ host }) => host)).toEqual(["sts.us-east-1.amazonaws.com"]);
});

scenario("AWS_ENDPOINT_URL_SIGNIN leads the console to another sign-in host", async (scene) => {
  const url = `http://127.0.0.1:${scene.standIn.ports.signin}`;
  const env = { AWS_ENDPOINT_URL_STS: own(scene), AWS_ENDPOINT_URL_SIGNIN: url };
  const ended = await scene.run(["console", "--no-browser", "--assume-roles", jump], { ...ANA, ...env });
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  expect(ended.stdout).toStartWith(`${url}/federation?Action=login&`);
  const page = await fetch(ended.stdout.trim());
  expect(await page.text()).toContain("Signed in as arn:aws:sts::111111111111:assumed-role/Jump/aws-login");
});

/** What decides on the host, and which it is. */
const hosts: Record<
  string,
  { readonly env?: Record<string, string>; readonly config?: string; readonly host: string }
> = {
  nothing: { host: "sts.us-east-1.amazonaws.com" },
  AWS_REGION: { env: { AWS_REGION: "eu-north-1" }, host: "sts.eu-north-1.amazonaws.com" },
  "AWS_REGION before AWS_DEFAULT_REGION": {
    env: { AWS_REGION: "eu-north-1", AWS_DEFAULT_REGION: "us-west-2" },
    host: "sts.eu-north-1.amazonaws.com",
  },
  "the profile": { config: "[default]\nregion = us-west-2\n", host: "sts.us-west-2.amazonaws.com" },
  FIPS: {
    env: { AWS_USE_FIPS_ENDPOINT: "true", AWS_REGION: "us-east-2" },
    host: "sts-fips.us-east-2.amazonaws.com",
  },
  "dual-stack": {
    env: { AWS_USE_DUALSTACK_ENDPOINT: "true", AWS_REGION: "eu-west-1" },
    host: "sts.eu-west-1.api.aws",
  },
  "the legacy mode": {
    env: { AWS_STS_REGIONAL_ENDPOINTS: "legacy", AWS_REGION: "eu-west-1" },
    host: "sts.amazonaws.com",
  },
};

for (const [name, { env = {}, config, host }] of Object.entries(hosts)) {
  scenario(`${name} decides on the host ${host}`, async (scene) => {
    if (config !== undefined) await scene.write("home/.aws/config", config);
    expect(await scene.run(args, { ...ANA, ...env })).toEqual(good(scene));
    expect(scene.standIn.tunnels.map((tunnel) => tunnel.host)).toEqual([host]);
  });
}

scenario("an endpoint that is no URL is an error that names the setting and not its value", async (scene) => {
  const env = { ...ANA, AWS_ENDPOINT_URL_STS: "https://me:made-up@sts.example.com" };
  expect(await scene.run(args, env)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot use AWS_ENDPOINT_URL_STS: the URL holds a user name or password",
      hints: ["write a URL such as https://host.example"],
    }),
  });
  expect(scene.standIn.connections).toEqual([]);
});

scenario(
  "an STS endpoint that is no URL is found before a token of Identity Center is used",
  async (scene) => {
    const role = ["--sso-acct-id", "111111111111", "--sso-role-name", "ReadOnlyAccess"];
    const words = ["--sso-access-token", scene.standIn.signIn().accessToken, ...role];
    const env = { AWS_ENDPOINT_URL_STS: "foo" };
    for (const command of [["getcallerid"], ["dumpcreds", "--assume-roles", jump]]) {
      const ended = await scene.run([...command, ...words], env);
      expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
      expect(ended.stderr).toStartWith("aws-login: error: cannot use AWS_ENDPOINT_URL_STS");
    }
    expect(scene.standIn.requests).toEqual([]);
    // What needs no STS does without.
    expect((await scene.run(["dumpcreds", ...words], env)).status).toBe(0);
  },
);

scenario("BUN_CONFIG_VERBOSE_FETCH=1 prints nothing of the requests", async (scene) => {
  const env = { ...ANA, BUN_CONFIG_VERBOSE_FETCH: "1" };
  expect(await scene.run(args, env)).toEqual(good(scene));
  expect(await scene.run(args, { ...env, BUN_CONFIG_VERBOSE_FETCH: "curl" })).toEqual(good(scene));
});

scenario("--verbose has one line for each decision and request", async (scene) => {
  const file = await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const ended = await scene.run([...args, "--verbose", "--region", "eu-west-1"]);
  expect({ ...ended, stderr: ended.stderr.replace(/\d+ ms/g, "N ms") }).toEqual({
    ...good(scene),
    stderr: `aws-login: profile: default (default)
aws-login: skipped: environment: AWS_ACCESS_KEY_ID is not set
aws-login: source: profile default (${file}:2)
aws-login: region: eu-west-1 (--region)
aws-login: credentials: access key ${SAMPLE_KEYS.ana.accessKeyId} from profile default (${file}:2)
aws-login: POST sts.eu-west-1.amazonaws.com AssumeRole: 200, N ms
aws-login: POST sts.eu-west-1.amazonaws.com GetCallerIdentity: 200, N ms
`,
  });
});
