import { afterAll, beforeEach, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { connect } from "node:net";
import { SAMPLE_KEYS, SAMPLE_WORLD } from "./sample-world.ts";
import { startStandIn } from "./stand-in.ts";
import { xmlField } from "./support/ask.ts";
import { sendSts, type Way } from "./support/send.ts";

const standIn = await startStandIn({
  world: SAMPLE_WORLD,
  flawedCertificates: {
    "sts.us-east-2.amazonaws.com": "expired",
    "sts.us-west-1.amazonaws.com": "other-host",
    "sts.us-west-2.amazonaws.com": "other-authority",
  },
});
const guarded = await startStandIn({
  world: SAMPLE_WORLD,
  proxyCredentials: { user: "pro", password: "xy:z/@" },
});
const WAY: Way = { proxy: standIn.proxyUrl, tls: { ca: standIn.caPem } };
const WHO = { Action: "GetCallerIdentity" };

beforeEach(() => {
  standIn.reset();
  guarded.reset();
});
afterAll(() => Promise.all([standIn.stop(), guarded.stop()]));

const HOSTS = {
  "sts.eu-west-1.amazonaws.com": { region: "eu-west-1", keys: SAMPLE_KEYS.ana },
  "sts.us-east-1.api.aws": { region: "us-east-1", keys: SAMPLE_KEYS.ana },
  "sts.cn-north-1.amazonaws.com.cn": { region: "cn-north-1", keys: SAMPLE_KEYS.mei },
  "sts.us-gov-west-1.amazonaws.com": { region: "us-gov-west-1", keys: SAMPLE_KEYS.gus },
};

for (const [host, { region, keys }] of Object.entries(HOSTS)) {
  test(`proxy ends TLS as ${host}`, async () => {
    const reply = await sendSts(`https://${host}/`, WHO, WAY, keys, region);
    expect(reply.status).toBe(200);
    expect(xmlField(await reply.text(), "Arn")).toEndWith(
      `:${standIn.requests[0]?.caller?.split(":").pop()}`,
    );
    expect(standIn.requests[0]).toMatchObject({ entrance: "proxy", service: "sts", host });
    expect(standIn.tunnels).toMatchObject([{ host, port: 443, status: 200, handshakes: 1 }]);
  });
}

test("proxy serves consecutive requests to one host over one tunnel and one handshake", async () => {
  for (let round = 0; round < 3; round++) {
    const reply = await sendSts("https://sts.amazonaws.com/", WHO, WAY);
    expect(reply.status).toBe(200);
    await reply.text();
  }
  expect(standIn.tunnels).toMatchObject([{ host: "sts.amazonaws.com", handshakes: 1 }]);
  expect(new Set(standIn.requests.map(({ connection }) => connection)).size).toBe(1);
  expect(standIn.requests).toHaveLength(3);
});

test("proxy plays the sign-in and the console hosts", async () => {
  const page = await fetch("https://eu-west-1.console.aws.amazon.com/s3/home", WAY);
  expect(await page.text()).toContain("The console at eu-west-1.console.aws.amazon.com/s3/home");
  expect((await fetch("https://signin.aws.amazon.com/federation", WAY)).status).toBe(400);
  expect(standIn.requests.map(({ service }) => service)).toEqual(["console", "signin"]);
});

test("proxy carries a body of many megabytes whole", async () => {
  standIn.fault({ effect: { kind: "huge", bytes: 20_000_000 } });
  const reply = await sendSts("https://sts.amazonaws.com/", WHO, WAY);
  expect((await reply.bytes()).byteLength).toBe(20_000_000);
});

test("proxy cuts a TLS connection off before the response and in the middle of it", async () => {
  for (const where of ["before-response", "half-body"] as const) {
    standIn.fault({ effect: { kind: "cut", where } });
    const received = (async () => (await sendSts("https://sts.amazonaws.com/", WHO, WAY)).text())();
    await expect(received).rejects.toThrow();
  }
  expect((await sendSts("https://sts.amazonaws.com/", WHO, WAY)).status).toBe(200);
});

test("proxy responds with 502 for a host that it does not play, and records it", async () => {
  for (const url of ["https://example.com/", "https://sts.amazonaws.com:8443/"]) {
    await expect(fetch(url, WAY)).rejects.toThrow("502");
  }
  expect(standIn.tunnels).toMatchObject([
    { host: "example.com", port: 443, status: 502, handshakes: 0 },
    { host: "sts.amazonaws.com", port: 8443, status: 502, handshakes: 0 },
  ]);
  expect(standIn.requests).toHaveLength(0);
});

test("proxy passes plain HTTP on to the services' own ports and nowhere else", async () => {
  const { proxyUrl: proxy } = standIn;
  const reply = await sendSts(`http://127.0.0.1:${standIn.ports.sts}/`, WHO, { proxy });
  expect(reply.status).toBe(200);
  expect(standIn.requests[0]).toMatchObject({ entrance: "proxy", service: "sts" });
  expect((await fetch("http://192.0.2.1/latest/api/token", { proxy })).status).toBe(502);
  expect(standIn.tunnels).toMatchObject([{ host: "192.0.2.1", port: 80, status: 502 }]);
});

test("proxy asks for credentials where it was told to, and takes the right ones", async () => {
  const ca = { tls: { ca: guarded.caPem } };
  const bare = `http://127.0.0.1:${guarded.ports.proxy}`;
  await expect(sendSts("https://sts.amazonaws.com/", WHO, { proxy: bare, ...ca })).rejects.toThrow("407");
  const reply = await sendSts("https://sts.amazonaws.com/", WHO, { proxy: guarded.proxyUrl, ...ca });
  expect(reply.status).toBe(200);
  expect(guarded.tunnels.map(({ status }) => status)).toEqual([407, 200]);
});

test("proxy is not believed by a client that does not know its authority", async () => {
  await expect(sendSts("https://sts.amazonaws.com/", WHO, { proxy: standIn.proxyUrl })).rejects.toThrow(
    "certificate",
  );
  expect(standIn.tunnels).toMatchObject([{ status: 200, handshakes: 0 }]);
  expect(standIn.requests).toHaveLength(0);
});

const FLAWS = {
  "an expired certificate": "us-east-2",
  "the certificate of another host": "us-west-1",
  "a certificate of another authority": "us-west-2",
};

for (const [name, region] of Object.entries(FLAWS)) {
  test(`proxy is not believed with ${name}`, async () => {
    const url = `https://sts.${region}.amazonaws.com/`;
    await expect(sendSts(url, WHO, WAY, SAMPLE_KEYS.ana, region)).rejects.toThrow();
    expect(standIn.requests).toHaveLength(0);
  });
}

test("proxy outlives clients that send nonsense into a tunnel or go away", async () => {
  const opening = "CONNECT sts.amazonaws.com:443 HTTP/1.1\r\n\r\n";
  await sendRaw([opening, "this is no TLS at all\r\n\r\n"]);
  await sendRaw([opening]);
  await sendRaw(["no HTTP either\r\n\r\n"]);
  expect((await sendSts("https://sts.amazonaws.com/", WHO, WAY)).status).toBe(200);
});

/** Sends the parts, one for each response received, and hangs up after the last. */
function sendRaw(parts: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const [first = "", ...others] = parts;
    const socket = connect(standIn.ports.proxy, "127.0.0.1", () => socket.write(first));
    socket.on("data", () => {
      const next = others.shift();
      if (next === undefined) socket.destroy();
      else socket.write(next);
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve());
  });
}

test("createAuthority signs itself and may sign others", () => {
  const certificate = new X509Certificate(standIn.caPem);
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe("CN=AWS stand-in authority");
});
