import { afterAll, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_KEYS, SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { startStandIn } from "./stand-in.ts";
import { xmlField } from "./support/ask.ts";
import { DIRECT, sendSts } from "./support/send.ts";

const standIn = await startStandIn({ world: SAMPLE_WORLD });
const STS = `http://127.0.0.1:${standIn.ports.sts}/`;
const WHO = { Action: "GetCallerIdentity" };

beforeEach(() => standIn.reset());
afterAll(() => standIn.stop());

test("startStandIn serves each service at a port of its own", async () => {
  const { AWS_ENDPOINT_URL_STS: sts, AWS_ENDPOINT_URL_SIGNIN: signin, ...rest } = standIn.endpointEnv();
  const { AWS_ENDPOINT_URL_SSO: portal, AWS_ENDPOINT_URL_SSO_OIDC: oidc } = rest;
  const metadata = rest.AWS_EC2_METADATA_SERVICE_ENDPOINT;
  expect((await sendSts(`${sts}/`, WHO)).status).toBe(200);
  expect((await fetch(`${signin}/federation?Action=getSigninToken`, DIRECT)).status).toBe(400);
  expect((await fetch(`${metadata}/latest/meta-data/`, DIRECT)).status).toBe(401);
  expect((await fetch(`${portal}/assignment/accounts`, DIRECT)).status).toBe(401);
  expect((await fetch(`${oidc}/device`, DIRECT)).status).toBe(200);
  expect(standIn.requests.map(({ service, entrance }) => `${service} ${entrance}`)).toEqual([
    "sts sts",
    "signin signin",
    "imds imds",
    "portal portal",
    "oidc oidc",
  ]);
});

test("startStandIn serves what AWS has on hosts of its own with TLS too, and nothing after the head of a HEAD", async () => {
  const tls = { ca: standIn.caPem };
  const env = standIn.tlsEndpointEnv("/ca.pem");
  const urls = ["STS", "SIGNIN", "SSO", "SSO_OIDC"].map((name) => env[`AWS_ENDPOINT_URL_${name}`]);
  for (const url of urls) await fetch(`${url}/`, { method: "HEAD", tls });
  // A body after the head would end the connection.
  for (const url of urls) await (await fetch(`${url}/federation`, { tls })).text();
  const services = ["sts", "signin", "portal", "oidc"];
  expect(standIn.requests.map(({ service, method }) => `${service} ${method}`)).toEqual([
    ...services.map((service) => `${service} HEAD`),
    ...services.map((service) => `${service} GET`),
  ]);
  expect(standIn.connections.map(({ entrance }) => `${entrance}`)).toEqual(services);
  expect(env.AWS_CA_BUNDLE).toBe("/ca.pem");
});

test("startStandIn takes a custom endpoint with a path, which the signature covers", async () => {
  const reply = await sendSts(`${STS}some%20where/deep`, WHO);
  expect(reply.status).toBe(200);
});

test("requests tell what was asked, by whom, and what came of it", async () => {
  const asked = { Action: "AssumeRole", RoleArn: SAMPLE_ROLES.closed, RoleSessionName: "tester" };
  await sendSts(STS, asked);
  expect(standIn.requests).toHaveLength(1);
  expect(standIn.requests[0]).toMatchObject({
    service: "sts",
    host: `127.0.0.1:${standIn.ports.sts}`,
    method: "POST",
    path: "/",
    query: "",
    action: "AssumeRole",
    form: { ...asked, Version: "2011-06-15" },
    accessKeyId: SAMPLE_KEYS.ana.accessKeyId,
    caller: "arn:aws:iam::111111111111:user/ana",
    status: 403,
  });
  expect(standIn.requests[0]?.headers["content-type"]).toStartWith("application/x-www-form-urlencoded");
  expect(standIn.requests[0]?.body).toStartWith("Version=2011-06-15&Action=AssumeRole&");
});

test("connections number the connections, and requests name theirs", async () => {
  const fresh = await startStandIn({ world: SAMPLE_WORLD });
  for (let round = 0; round < 2; round++) {
    await (await sendSts(`http://127.0.0.1:${fresh.ports.sts}/`, WHO)).text();
  }
  await fetch(`http://127.0.0.1:${fresh.ports.imds}/`, DIRECT);
  await fresh.stop();
  expect(fresh.connections).toEqual([
    { connection: 1, entrance: "sts" },
    { connection: 2, entrance: "imds" },
  ]);
  expect(fresh.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
});

test("serveConnection ends the connection after the response when the client asks for that", async () => {
  const reply = await fetch(STS, { ...DIRECT, headers: { connection: "close" } });
  expect(reply.headers.get("connection")).toBe("close");
});

test("reset forgets records and faults and sets the clock right", async () => {
  standIn.moveClock(3_600_000);
  standIn.fault({ effect: { kind: "throttle" } });
  await fetch(STS, DIRECT);
  standIn.reset();
  expect(standIn.requests).toHaveLength(0);
  standIn.fault({ match: { action: "Other" }, effect: { kind: "throttle" } });
  expect((await sendSts(STS, WHO)).status).toBe(200);
});

test("world can be changed while the stand-in runs", async () => {
  const url = `http://127.0.0.1:${standIn.ports.imds}/latest/api/token`;
  const ask = () =>
    fetch(url, { ...DIRECT, method: "PUT", headers: { "x-aws-ec2-metadata-token-ttl-seconds": "60" } });
  const { instance } = standIn.world;
  standIn.world.instance = { region: "eu-west-1", disabled: true };
  expect((await ask()).status).toBe(403);
  standIn.world.instance = instance;
  expect((await ask()).status).toBe(200);
});

test("proxyEnv names the proxy and the file that writeCa wrote", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-"));
  const file = join(folder, "ca.pem");
  await standIn.writeCa(file);
  expect(await Bun.file(file).text()).toBe(standIn.caPem);
  expect(standIn.proxyEnv(file)).toEqual({
    HTTPS_PROXY: standIn.proxyUrl,
    AWS_CA_BUNDLE: file,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${standIn.ports.imds}`,
  });
  await rm(folder, { recursive: true });
});

test("startStandIn gives out the same keys for the same seed and others for another", async () => {
  const asked = { Action: "GetSessionToken" };
  const keyFrom = async (seed: string) => {
    const fresh = await startStandIn({ world: SAMPLE_WORLD, seed });
    const text = await (await sendSts(`http://127.0.0.1:${fresh.ports.sts}/`, asked)).text();
    await fresh.stop();
    return xmlField(text, "AccessKeyId");
  };
  const first = await keyFrom("one");
  expect(first).toMatch(/^ASIA/);
  expect(await keyFrom("one")).toBe(first);
  expect(await keyFrom("two")).not.toBe(first);
});

test("stop closes what is open, also where a response is still to come", async () => {
  const fresh = await startStandIn({ world: SAMPLE_WORLD });
  fresh.fault({ delay: 60_000 });
  const outcome = fetch(`http://127.0.0.1:${fresh.ports.sts}/`, DIRECT).then(
    () => "answered",
    () => "broken off",
  );
  while (fresh.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await fresh.stop();
  expect(await outcome).toBe("broken off");
});
