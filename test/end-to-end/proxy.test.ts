import { expect } from "bun:test";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const host = "sts.us-east-1.amazonaws.com";
const args = ["getcallerid", "--assume-roles", SAMPLE_ROLES.jump];
const doing = `cannot assume role ${SAMPLE_ROLES.jump}: ${host}`;
const proxyCredentials = { user: "made-up-user", password: "made-up:pass word" };

function good(scene: Scene) {
  return { status: 0, stdout: callerOf(scene.standIn, SAMPLE_ROLES.jump), stderr: "" };
}

/** The proxy's address without its password, as messages show it. */
function shown({ standIn }: Scene): string {
  return `http://127.0.0.1:${standIn.ports.proxy}`;
}

/** Ways to name the proxy; HTTPS_PROXY is taken away first. */
const named: Record<string, (url: string) => Record<string, string>> = {
  HTTPS_PROXY: (url) => ({ HTTPS_PROXY: url }),
  https_proxy: (url) => ({ https_proxy: url }),
  "https_proxy before HTTPS_PROXY": (url) => ({ https_proxy: url, HTTPS_PROXY: "http://127.0.0.1:1" }),
  "HTTPS_PROXY without its scheme": (url) => ({ HTTPS_PROXY: url.replace("http://", "") }),
};

for (const [name, variables] of Object.entries(named)) {
  scenario(`requests go through the proxy of ${name}`, async (scene) => {
    const env = { ...ANA, HTTPS_PROXY: undefined, ...variables(scene.standIn.proxyUrl) };
    expect(await scene.run(args, env)).toEqual(good(scene));
    expect(scene.standIn.tunnels.map((tunnel) => [tunnel.host, tunnel.port])).toEqual([[host, 443]]);
  });
}

scenario(
  "a proxy that wants a password gets the one of HTTPS_PROXY",
  async (scene) => {
    expect(await scene.run(args, ANA)).toEqual(good(scene));
    expect(scene.standIn.tunnels.map(({ status }) => status)).toEqual([200]);
    expect(scene.standIn.requests.some(({ headers }) => "proxy-authorization" in headers)).toBe(false);
  },
  { proxyCredentials },
);

for (const login of ["", "made-up-user:wrong@"]) {
  scenario(
    `a proxy that wants a password and gets ${login === "" ? "none" : "a wrong one"} is named in one honest error`,
    async (scene) => {
      const env = { ...ANA, HTTPS_PROXY: shown(scene).replace("//", `//${login}`) };
      expect(await scene.run(args, env)).toEqual({
        status: 1,
        stdout: "",
        stderr: stderrText({
          error: `cannot assume role ${SAMPLE_ROLES.jump}: the proxy ${shown(scene)} (HTTPS_PROXY) wants a user name and a password (407)`,
          hints: ["put them into the URL: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"],
        }),
      });
      expect(scene.standIn.requests).toEqual([]);
    },
    { proxyCredentials },
  );
}

scenario("a proxy that is not there is named in the error", async (scene) => {
  const env = { ...ANA, HTTPS_PROXY: "http://me:made-up@127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" };
  expect(await scene.run(args, env)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: `${doing} through the proxy http://127.0.0.1:1 (HTTPS_PROXY): the connection was refused`,
      hints: ["check that the proxy of HTTPS_PROXY is up, or list the host in NO_PROXY"],
    }),
  });
});

scenario("a proxy that cannot reach the host is not taken for AWS", async (scene) => {
  const env = { ...ANA, AWS_ENDPOINT_URL_STS: "https://sts.example.com", AWS_MAX_ATTEMPTS: "1" };
  const ended = await scene.run(["getcallerid"], env);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(ended.stderr).toStartWith("aws-login: error: cannot get the caller identity: ");
  expect(scene.standIn.tunnels.map((tunnel) => [tunnel.host, tunnel.status])).toEqual([
    ["sts.example.com", 502],
  ]);
});

scenario("a value that is no proxy is an error before any call", async (scene) => {
  expect(await scene.run(args, { ...ANA, HTTPS_PROXY: "socks5://me:made-up@127.0.0.1:1080" })).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot use the proxy of HTTPS_PROXY: it is not an http:// or https:// URL",
      hints: ["set HTTPS_PROXY to something like http://proxy.example.com:3128, or unset it"],
    }),
  });
});

/** Values of NO_PROXY that do not cover the STS host: the proxy is used. */
for (const value of ["example.com", "amazonaws.com:8443", "mazonaws.com", "10.0.0.0/8", ""]) {
  scenario(`NO_PROXY=${value} leaves STS to the proxy`, async (scene) => {
    expect(await scene.run(args, { ...ANA, NO_PROXY: value })).toEqual(good(scene));
    expect(scene.standIn.tunnels).toHaveLength(1);
  });
}

/** The sample endpoint stands behind an address that only the proxy would know. */
for (const variable of ["NO_PROXY", "no_proxy"]) {
  scenario(`${variable} takes a host out of the proxy's hands`, async (scene) => {
    const own = `http://127.0.0.2:${scene.standIn.ports.sts}`;
    const env = {
      ...ANA,
      AWS_ENDPOINT_URL_STS: own,
      AWS_MAX_ATTEMPTS: "1",
      HTTP_PROXY: scene.standIn.proxyUrl,
    };
    const ended = await scene.run(["getcallerid"], { ...env, [variable]: "127.0.0.0/8" });
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toContain(`127.0.0.2:${scene.standIn.ports.sts}: the connection was refused\n`);
    expect(scene.standIn.connections).toEqual([]);
  });
}

scenario("loopback is never asked through a proxy", async (scene) => {
  const env = {
    ...ANA,
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${scene.standIn.ports.sts}`,
    HTTP_PROXY: scene.standIn.proxyUrl,
    http_proxy: scene.standIn.proxyUrl,
    // Known to the runtime, not to the AWS CLI.
    ALL_PROXY: scene.standIn.proxyUrl,
    all_proxy: scene.standIn.proxyUrl,
  };
  expect(await scene.run(args, env)).toEqual(good(scene));
  expect(scene.standIn.connections.map(({ entrance }) => entrance)).toEqual(["sts"]);
});
