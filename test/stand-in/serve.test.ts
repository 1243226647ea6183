import { afterAll, expect, test } from "bun:test";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_MFA } from "./sample-world.ts";
import { DIRECT, sendSts } from "./support/send.ts";

const folder = await mkdtemp(join(tmpdir(), "stand-in-serve-"));
afterAll(() => rm(folder, { recursive: true }));

/** Starts the stand-in as a process and waits until it says that it is ready. */
async function start(...options: string[]) {
  const script = join(import.meta.dir, "serve.ts");
  const child = Bun.spawn([process.execPath, script, "--dir", folder, ...options], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const { value } = await child.stdout.getReader().read();
  expect(Buffer.from(value ?? []).toString()).toBe("ready\n");
  const description: unknown = JSON.parse(await Bun.file(join(folder, "stand-in.json")).text());
  return { child, description };
}

function member(value: unknown, ...names: string[]): unknown {
  let inner = value;
  for (const name of names) {
    inner =
      typeof inner === "object" && inner !== null ? new Map(Object.entries(inner)).get(name) : undefined;
  }
  return inner;
}

test("serve tells where it is, obeys its control address, and ends on SIGTERM", async () => {
  const { child, description } = await start();
  expect((await stat(join(folder, "stand-in.json"))).mode & 0o777).toBe(0o600);
  const sts = `${member(description, "endpointEnv", "AWS_ENDPOINT_URL_STS")}/`;
  const controlUrl = String(member(description, "controlUrl"));
  const ask = async (path: string, body?: unknown) => {
    const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const reply = await fetch(`${controlUrl}${path}`, { ...DIRECT, ...request });
    return { status: reply.status, value: await reply.json() };
  };
  const who = async () => (await sendSts(sts, { Action: "GetCallerIdentity" })).status;

  expect(await who()).toBe(200);
  expect((await ask("/faults", [{ effect: { kind: "throttle" } }])).status).toBe(200);
  expect(await who()).toBe(400);
  expect((await ask("/faults", { efect: { kind: "throttle" } })).status).toBe(400);
  expect((await ask("/faults", { effect: { kind: "trottle" } })).status).toBe(400);
  expect((await ask("/clock", { milliseconds: 3_600_000 })).status).toBe(200);
  expect(await who()).toBe(403);
  const records = (await ask("/records")).value;
  expect(member(records, "requests")).toMatchObject([{ status: 200 }, { status: 400 }, { status: 403 }]);
  expect((await ask("/reset", {})).status).toBe(200);
  expect(await who()).toBe(200);
  expect(member((await ask(`/mfa?serial=${SAMPLE_MFA.serialNumber}`)).value, "code")).toMatch(/^\d{6}$/);
  expect((await ask("/mfa?serial=other")).status).toBe(400);
  expect((await ask("/instance", null)).status).toBe(200);
  expect((await ask("/nothing")).status).toBe(400);

  expect((await ask("/identity-center", { autoApprove: true })).status).toBe(200);
  expect((await ask("/identity-center", { autoAprove: true })).status).toBe(400);
  expect((await ask("/identity-center")).value).toMatchObject({
    settings: { autoApprove: true },
    pendingDevices: [],
  });
  const device = { userCode: "AAAA-AAAA", decision: "allow" };
  expect((await ask("/identity-center/device", device)).status).toBe(400);
  const portal = member(description, "endpointEnv", "AWS_ENDPOINT_URL_SSO");
  const signedIn = (await ask("/identity-center/sign-in", {})).value;
  const accounts = async () => {
    const headers = { "x-amz-sso_bearer_token": String(member(signedIn, "accessToken")) };
    const reply = await fetch(`${portal}/assignment/accounts`, { ...DIRECT, headers });
    return member(await reply.json(), "accountList");
  };
  expect(await accounts()).toHaveLength(7);
  const size = { accounts: 30, rolesEach: 2 };
  expect((await ask("/identity-center/large-directory", size)).status).toBe(200);
  expect(await accounts()).toHaveLength(30);
  for (const act of ["revoke-access-tokens", "end-sign-ins", "forget-clients"]) {
    expect((await ask(`/identity-center/${act}`, {})).status).toBe(200);
  }
  expect(await accounts()).toBeUndefined();

  child.kill("SIGTERM");
  expect(await child.exited).toBe(0);
});

test("serve leads a client through its proxy with the environment it wrote", async () => {
  const { child, description } = await start("--until-stdin-closes");
  const ca = await Bun.file(String(member(description, "proxyEnv", "AWS_CA_BUNDLE"))).text();
  const proxy = String(member(description, "proxyEnv", "HTTPS_PROXY"));
  const reply = await sendSts(
    "https://sts.amazonaws.com/",
    { Action: "GetCallerIdentity" },
    { proxy, tls: { ca } },
  );
  expect(reply.status).toBe(200);
  child.stdin.end();
  expect(await child.exited).toBe(0);
});
