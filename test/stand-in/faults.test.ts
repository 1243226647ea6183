import { afterAll, beforeEach, expect, test } from "bun:test";
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

test("fault throttle answers 400 with an XML document at STS and 429 elsewhere", async () => {
  standIn.fault({ effect: { kind: "throttle" }, times: 2 });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(400);
  expect(xmlField(await reply.text(), "Code")).toBe("Throttling");
  expect((await fetch(SIGNIN, DIRECT)).status).toBe(429);
});

for (const [body, expected] of Object.entries({ html: /^<!DOCTYPE html>/, empty: /^$/ })) {
  test(`fault status answers 503 with ${body === "html" ? "a page" : "nothing"}`, async () => {
    standIn.fault({ effect: { kind: "status", status: 503, body: body === "html" ? "html" : "empty" } });
    const reply = await sendSts(STS, WHO);
    expect(reply.status).toBe(503);
    expect(await reply.text()).toMatch(expected);
  });
}

test("fault cut before the answer closes the connection without a byte", async () => {
  standIn.fault({ effect: { kind: "cut", where: "before-answer" } });
  await expect(sendSts(STS, WHO)).rejects.toThrow();
  expect(standIn.requests).toHaveLength(1);
  expect(standIn.requests[0]?.status).toBeUndefined();
  expect(standIn.requests[0]?.caller).toBe("arn:aws:iam::111111111111:user/ana");
});

test("fault cut after half of the body announces the whole of it", async () => {
  standIn.fault({ effect: { kind: "cut", where: "half-body" } });
  const received = (async () => (await sendSts(STS, WHO)).text())();
  await expect(received).rejects.toThrow();
  expect(standIn.requests[0]?.status).toBe(200);
});

test("fault captive-portal answers 200 with a page", async () => {
  standIn.fault({ effect: { kind: "captive-portal" } });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toStartWith("text/html");
});

test("fault truncated-xml answers 200 with the first half of the document", async () => {
  standIn.fault({ effect: { kind: "truncated-xml" } });
  const text = await (await sendSts(STS, WHO)).text();
  expect(text).toStartWith("<GetCallerIdentityResponse");
  expect(text).not.toContain("</GetCallerIdentityResponse>");
});

test("fault invalid-json answers 200 with JSON that does not end", async () => {
  standIn.fault({ effect: { kind: "invalid-json" } });
  const reply = await fetch(SIGNIN, DIRECT);
  expect(reply.headers.get("content-type")).toBe("application/json");
  await expect(reply.json()).rejects.toThrow();
});

test("fault huge answers with as many bytes as were ordered", async () => {
  standIn.fault({ effect: { kind: "huge", bytes: 5_000_000 } });
  expect((await (await sendSts(STS, WHO)).bytes()).byteLength).toBe(5_000_000);
});

test("fault redirect answers 302 with a place to go to", async () => {
  standIn.fault({ effect: { kind: "redirect", location: "http://127.0.0.1:9/" } });
  const reply = await sendSts(STS, WHO);
  expect(reply.status).toBe(302);
  expect(reply.headers.get("location")).toBe("http://127.0.0.1:9/");
});

test("fault answer sends what was ordered", async () => {
  standIn.fault({ effect: { kind: "answer", status: 418, contentType: "text/plain", body: "teapot" } });
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

test("fault delay answers late and rightly", async () => {
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

test("take strikes as often as was ordered, after as many requests as were to pass", () => {
  const plan = createFaultPlan();
  plan.add({ times: 2, after: 1 });
  expect([1, 2, 3, 4].map(() => plan.take(TARGET) !== undefined)).toEqual([false, true, true, false]);
});
