import { afterAll, beforeEach, expect, test } from "bun:test";
import { connect } from "node:net";
import { createFaultPlan, type Fault, type Target } from "./faults.ts";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { startStandIn } from "./stand-in.ts";
import { xmlField } from "./support/ask.ts";
import { DIRECT, sendSts } from "./support/send.ts";

const standIn = await startStandIn({ world: SAMPLE_WORLD });
const STS = `http://127.0.0.1:${standIn.ports.sts}/`;
const SIGNIN = `http://127.0.0.1:${standIn.ports.signin}/federation`;
const WHO = { Action: "GetCallerIdentity" };

beforeEach(() => standIn.reset());
afterAll(() => standIn.stop());

test("fault throttle responds with 400 with an XML document at STS and 429 elsewhere", async () => {
  standIn.fault({ effect: { kind: "throttle" }, times: 2 });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(400);
  expect(xmlField(await reply.text(), "Code")).toBe("Throttling");
  expect((await fetch(SIGNIN, DIRECT)).status).toBe(429);
});

for (const [body, expected] of Object.entries({ html: /^<!DOCTYPE html>/, empty: /^$/ })) {
  test(`fault status responds with 503 with ${body === "html" ? "a page" : "nothing"}`, async () => {
    standIn.fault({ effect: { kind: "status", status: 503, body: body === "html" ? "html" : "empty" } });
    const reply = await sendSts(STS, WHO);
    expect(reply.status).toBe(503);
    expect(await reply.text()).toMatch(expected);
  });
}

test("fault cut before the response closes the connection without a byte", async () => {
  standIn.fault({ effect: { kind: "cut", where: "before-response" } });
  await expect(sendSts(STS, WHO)).rejects.toThrow();
  expect(standIn.requests).toHaveLength(1);
  expect(standIn.requests[0]?.status).toBeUndefined();
  expect(standIn.requests[0]?.caller).toBe("arn:aws:iam::111111111111:user/ana");
});

for (const how of ["close", "reset"] as const) {
  test(`fault cut after half of the body announces the whole of it (${how})`, async () => {
    standIn.fault({ effect: { kind: "cut", where: "half-body", how } });
    const received = (async () => (await sendSts(STS, WHO)).text())();
    await expect(received).rejects.toThrow();
    expect(standIn.requests[0]?.status).toBe(200);
  });
}

test("fault cut before the service keeps the request from it", async () => {
  standIn.fault({ effect: { kind: "cut", where: "before-service" } });
  await expect(sendSts(STS, WHO)).rejects.toThrow();
  expect(standIn.requests[0]).toMatchObject({ fault: "cut" });
  expect(standIn.requests[0]?.caller).toBeUndefined();
});

test("fault cut after the body sends the whole response, and the connection is gone", async () => {
  standIn.fault({ effect: { kind: "cut", where: "after-body" } });
  expect(await (await sendSts(STS, WHO)).text()).toContain("</GetCallerIdentityResponse>");
  expect((await sendSts(STS, WHO)).status).toBe(200);
  const [one, other] = standIn.requests.map(({ connection }) => connection);
  expect(one).not.toBe(other);
});

/** What the other end of a connection sees of its end. */
function endOf(port: number, sent: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(sent));
    socket.on("data", () => {});
    socket.on("end", () => resolve("FIN"));
    socket.on("error", (error) => resolve("code" in error && error.code === "ECONNRESET" ? "RST" : "other"));
  });
}

for (const where of ["before-service", "before-response", "half-body", "after-body"] as const) {
  for (const [how, end] of Object.entries({ close: "FIN", reset: "RST" } as const)) {
    test(`fault cut (${where}) ends the connection with a ${end} when it is to ${how} it`, async () => {
      standIn.fault({ effect: { kind: "cut", where, how: how === "reset" ? how : "close" } });
      const request = "GET /federation HTTP/1.1\r\nHost: signin.aws.amazon.com\r\n\r\n";
      expect(await endOf(standIn.ports.signin, request)).toBe(end);
    });
  }
}

test("fault cut after the body ends the connection, which serves no further request", async () => {
  standIn.fault({ effect: { kind: "cut", where: "after-body" } });
  const request = "GET /federation HTTP/1.1\r\nHost: signin.aws.amazon.com\r\n\r\n";
  expect(await endOf(standIn.ports.signin, request.repeat(2))).toBe("FIN");
  expect(standIn.requests).toHaveLength(1);
});

test("fault cut resets the connection below TLS too", async () => {
  standIn.fault({ effect: { kind: "cut", where: "before-response", how: "reset" } });
  const send = fetch("https://sts.us-east-1.amazonaws.com/", {
    method: "POST",
    proxy: standIn.proxyUrl,
    tls: { ca: standIn.caPem },
  });
  await expect(send).rejects.toThrow();
  expect(standIn.requests).toHaveLength(1);
});

test("fault captive-portal responds with 200 with a page", async () => {
  standIn.fault({ effect: { kind: "captive-portal" } });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toStartWith("text/html");
});

test("fault truncated-xml responds with 200 with the first half of the document", async () => {
  standIn.fault({ effect: { kind: "truncated-xml" } });
  const text = await (await sendSts(STS, WHO)).text();
  expect(text).toStartWith("<GetCallerIdentityResponse");
  expect(text).not.toContain("</GetCallerIdentityResponse>");
});

test("fault relabelled sends the right response under another type", async () => {
  standIn.fault({ effect: { kind: "relabelled", contentType: "image/png" } });
  standIn.fault({ effect: { kind: "relabelled" } });
  for (const type of ["image/png", null]) {
    const reply = await sendSts(STS, WHO);
    expect(reply.headers.get("content-type")).toBe(type);
    expect(await reply.text()).toContain("</GetCallerIdentityResponse>");
  }
});

test("fault packed sends the right response in gzip", async () => {
  standIn.fault({ effect: { kind: "packed" } });
  const reply = await sendSts(STS, WHO);
  expect(reply.headers.get("content-encoding")).toBe("gzip");
  expect(await reply.text()).toContain("</GetCallerIdentityResponse>");
});

test("fault garbled is no HTTP, and the service never sees the request", async () => {
  standIn.fault({ effect: { kind: "garbled" } });
  await expect(sendSts(STS, WHO)).rejects.toMatchObject({ code: "Malformed_HTTP_Response" });
  expect(standIn.requests[0]?.caller).toBeUndefined();
});

/** Where each service is asked, and how its refusal `Refused: made up` with status 418 begins. */
const REFUSALS: Record<string, { url: string; text: RegExp }> = {
  sts: { url: STS, text: /^<ErrorResponse .*<Code>Refused<\/Code><Message>made up</ },
  portal: {
    url: `http://127.0.0.1:${standIn.ports.portal}/logout`,
    text: /^{"code":"Refused",.*"message":"made up"}$/,
  },
  oidc: {
    url: `http://127.0.0.1:${standIn.ports.oidc}/token`,
    text: /^{"error":"Refused","error_description":"made up"}$/,
  },
  "the renewal of aws login": {
    url: `http://127.0.0.1:${standIn.ports.signin}/v1/token`,
    text: /"error":"Refused","message":"made up"/,
  },
  "console federation": { url: SIGNIN, text: /^made up\n$/ },
  imds: { url: `http://127.0.0.1:${standIn.ports.imds}/latest/`, text: /^made up\n$/ },
  container: { url: `http://127.0.0.1:${standIn.ports.container}/`, text: /^{"code":"Refused",/ },
};

for (const [name, { url, text }] of Object.entries(REFUSALS)) {
  test(`fault refusal is worded as by ${name}`, async () => {
    standIn.fault({ effect: { kind: "refusal", status: 418, code: "Refused", message: "made up" } });
    const reply = await fetch(url, DIRECT);
    expect(reply.status).toBe(418);
    expect(await reply.text()).toMatch(text);
  });
}

test("fault invalid-json responds with 200 with JSON that does not end", async () => {
  standIn.fault({ effect: { kind: "invalid-json" } });
  const reply = await fetch(SIGNIN, DIRECT);
  expect(reply.headers.get("content-type")).toBe("application/json");
  await expect(reply.json()).rejects.toThrow();
});

test("fault huge responds with as many bytes as were ordered", async () => {
  standIn.fault({ effect: { kind: "huge", bytes: 5_000_000 } });
  expect((await (await sendSts(STS, WHO)).bytes()).byteLength).toBe(5_000_000);
});

test("fault redirect responds with 302 with a place to go to", async () => {
  standIn.fault({ effect: { kind: "redirect", location: "http://127.0.0.1:9/" } });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(302);
  expect(reply.headers.get("location")).toBe("http://127.0.0.1:9/");
});

test("fault response sends what was ordered", async () => {
  standIn.fault({ effect: { kind: "response", status: 418, contentType: "text/plain", body: "teapot" } });
  const reply = await sendSts(STS, WHO);
  expect(`${reply.status} ${await reply.text()}`).toBe("418 teapot");
});

test("fault date moves the Date header and nothing else", async () => {
  standIn.fault({ effect: { kind: "date", offset: -3_600_000 } });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(200);
  const lag = Date.now() - Date.parse(reply.headers.get("date") ?? "");
  expect(lag).toBeGreaterThanOrEqual(3_600_000);
  expect(lag).toBeLessThan(3_660_000);
});

test("fault delay responds late and rightly", async () => {
  standIn.fault({ delay: 40 });
  const start = performance.now();
  expect((await sendSts(STS, WHO)).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);
  expect(standIn.requests[0]?.fault).toBe("late");
});

test("moveClock makes every signature too old, and the Date header says why", async () => {
  standIn.moveClock(3_600_000);
  const reply = await sendSts(STS, WHO);
  expect(xmlField(await reply.text(), "Message")).toStartWith("Signature expired: ");
  expect(Date.parse(reply.headers.get("date") ?? "") - Date.now()).toBeGreaterThan(3_590_000);
});

const TARGET: Target = {
  service: "sts",
  host: "sts.amazonaws.com",
  method: "POST",
  path: "/",
  action: "AssumeRole",
  text: "\nAction=AssumeRole&RoleArn=made-up",
  isReused: false,
};

const MATCHES: Record<string, { fault: Fault; fits: boolean }> = {
  "no conditions": { fault: {}, fits: true },
  "the action": { fault: { match: { action: "AssumeRole" } }, fits: true },
  "the service, host, method and path": {
    fault: { match: { service: "sts", host: "sts.amazonaws.com", method: "POST", path: "/" } },
    fits: true,
  },
  "something in the body": { fault: { match: { contains: "RoleArn=made" } }, fits: true },
  "something that is not in the body": { fault: { match: { contains: "refresh_token" } }, fits: false },
  "another action": { fault: { match: { action: "GetCallerIdentity" } }, fits: false },
  "another service": { fault: { match: { service: "signin" } }, fits: false },
  "the right action at another host": {
    fault: { match: { action: "AssumeRole", host: "sts.eu-west-1.amazonaws.com" } },
    fits: false,
  },
};

for (const [name, { fault, fits }] of Object.entries(MATCHES)) {
  test(`take ${fits ? "strikes" : "spares"} a request for ${name}`, () => {
    const plan = createFaultPlan();
    plan.add(fault);
    expect(plan.take(TARGET) !== undefined).toBe(fits);
  });
}

test("take strikes a request over a connection that has carried another, where that was ordered", () => {
  const plan = createFaultPlan();
  plan.add({ reused: true, after: 1 });
  const taken = [true, false, true, true].map((isReused) => plan.take({ ...TARGET, isReused }) !== undefined);
  expect(taken).toEqual([false, false, true, false]);
});

test("take strikes as often as was ordered, after as many requests as were to pass", () => {
  const plan = createFaultPlan();
  plan.add({ times: 2, after: 1 });
  expect([1, 2, 3, 4].map(() => plan.take(TARGET) !== undefined)).toEqual([false, true, true, false]);
});
