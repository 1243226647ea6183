import { expect } from "bun:test";
import type { Fault } from "../stand-in/faults.ts";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA } from "./support/identities.ts";
import type { Ended, Environment } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";

// An identity of the account whose identities the role Reader trusts.
const sso = [
  ...["--sso-session", "my-sso", "--sso-acct-id", "111111111111", "--sso-role-name", "ReadOnlyAccess"],
  ...["--region", "us-east-1"],
];
const another = ["--assume-roles", SAMPLE_ROLES.reader];

/** Milliseconds that the first host takes to respond, in which the others are connected to. */
const delay = 250;

/** Runs with a sign-in that is valid for so many seconds, over TLS and without a proxy. */
async function run(scene: Scene, words: readonly string[], more: { valid?: number; env?: Environment } = {}) {
  const { standIn } = scene;
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(standIn.signIn(), more.valid ?? 3600));
  return scene.run(words, { ...direct(scene), ...more.env });
}

function direct({ root, standIn }: Scene): Environment {
  return { HTTPS_PROXY: undefined, ...standIn.tlsEndpointEnv(`${root}/ca.pem`) };
}

function slow(scene: Scene, service: "portal" | "oidc" | "sts"): void {
  scene.standIn.fault({ match: { service }, delay });
}

/** "service method" of each request, sorted: of requests at the same time either may arrive first. */
function asked({ standIn }: Scene): string[] {
  return standIn.requests.map(({ service, method }) => `${service} ${method}`).sort();
}

/** How many connections each service got. */
function connections({ standIn }: Scene): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { entrance } of standIn.connections) counts[entrance] = (counts[entrance] ?? 0) + 1;
  return counts;
}

function expectSuccess({ status, stderr }: Ended): void {
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

scenario(
  "the hosts after the portal are connected to while the portal is asked, once each",
  async (scene) => {
    slow(scene, "portal");
    expectSuccess(await run(scene, ["console", "--no-browser", ...sso, ...another]));
    expect(connections(scene)).toEqual({ portal: 1, sts: 1, signin: 1 });
    expect(asked(scene)).toEqual(["portal GET", "signin GET", "signin HEAD", "sts HEAD", "sts POST"]);
  },
);

scenario("a request that opens a connection early holds nothing of the person", async (scene) => {
  slow(scene, "portal");
  expectSuccess(await run(scene, ["dumpcreds", ...sso, ...another]));
  const early = scene.standIn.requests.find(({ method }) => method === "HEAD");
  const { "user-agent": agent, host: _, ...headers } = early?.headers ?? {};
  expect(agent).toStartWith("aws-login/");
  expect(headers).toEqual({ accept: "*/*", "accept-encoding": "identity", connection: "keep-alive" });
  expect([early?.path, early?.query, early?.body]).toEqual(["/", "", ""]);
});

scenario("a run that asks one host opens one connection", async (scene) => {
  expectSuccess(await run(scene, ["dumpcreds", ...sso]));
  expect([asked(scene), connections(scene)]).toEqual([["portal GET"], { portal: 1 }]);
  scene.standIn.reset();
  const chain = ["--assume-roles", `${SAMPLE_ROLES.ring},${SAMPLE_ROLES.ring},${SAMPLE_ROLES.ring}`];
  expectSuccess(await scene.run(["dumpcreds", ...chain], { ...direct(scene), ...ANA }));
  expect(asked(scene)).toEqual(["sts POST", "sts POST", "sts POST"]);
  expect(connections(scene)).toEqual({ sts: 1 });
});

scenario("the sign-in host is connected to while a role is assumed with keys", async (scene) => {
  slow(scene, "sts");
  const words = ["console", "--no-browser", "--assume-roles", SAMPLE_ROLES.jump];
  expectSuccess(await scene.run(words, { ...direct(scene), ...ANA }));
  expect(asked(scene)).toEqual(["signin GET", "signin HEAD", "sts POST"]);
  expect(connections(scene)).toEqual({ sts: 1, signin: 1 });
});

scenario("the portal is connected to while its token is renewed", async (scene) => {
  slow(scene, "oidc");
  expectSuccess(await run(scene, ["dumpcreds", ...sso], { valid: -60 }));
  expect(asked(scene)).toEqual(["oidc POST", "portal GET", "portal HEAD"]);
  expect(connections(scene)).toEqual({ oidc: 1, portal: 1 });
});

scenario("cached credentials need no connection", async (scene) => {
  const words = ["dumpcreds", "--use-cache", ...sso, ...another];
  slow(scene, "portal");
  expectSuccess(await run(scene, words));
  scene.standIn.reset();
  expectSuccess(await scene.run(words, direct(scene)));
  expect(connections(scene)).toEqual({});
});

scenario("nothing is connected to early through a proxy, and nothing without TLS", async (scene) => {
  const env = { HTTPS_PROXY: scene.standIn.proxyUrl };
  for (const name of ["STS", "SIGNIN", "SSO", "SSO_OIDC"])
    Object.assign(env, { [`AWS_ENDPOINT_URL_${name}`]: undefined });
  expectSuccess(await run(scene, ["dumpcreds", ...sso, ...another], { env }));
  expect(asked(scene)).toEqual(["portal GET", "sts POST"]);
  scene.standIn.reset();
  const words = ["dumpcreds", ...sso, ...another];
  expectSuccess(await run(scene, words, { env: scene.standIn.endpointEnv() }));
  expect(asked(scene)).toEqual(["portal GET", "sts POST"]);
});

const troubles: Record<string, Omit<Fault, "match">> = {
  "is cut": { effect: { kind: "cut", where: "before-response", how: "reset" } },
  "gets no response": { delay: 60_000 },
  "gets an error": { effect: { kind: "status", status: 503, body: "html" } },
  "gets no HTTP": { effect: { kind: "garbled" } },
  "is redirected": { effect: { kind: "redirect", location: "https://evil.example/" } },
};

for (const [trouble, fault] of Object.entries(troubles)) {
  scenario(`a run does not fail and says nothing where its early connection ${trouble}`, async (scene) => {
    slow(scene, "portal");
    scene.standIn.fault({ match: { service: "sts", method: "HEAD" }, ...fault });
    expectSuccess(await run(scene, ["dumpcreds", ...sso, ...another]));
    expect(asked(scene)).toEqual(["portal GET", "sts HEAD", "sts POST"]);
  });
}

scenario(
  "a host that cannot be reached is reported by the request that needs it, and only then",
  async (scene) => {
    slow(scene, "portal");
    const env = { AWS_ENDPOINT_URL_STS: "https://localhost:1", AWS_MAX_ATTEMPTS: "1" };
    const { status, stdout, stderr } = await run(scene, ["dumpcreds", ...sso, ...another], { env });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr.match(/localhost:1/g)).toHaveLength(1);
    expect(asked(scene)).toEqual(["portal GET"]);
  },
);
