import { expect, test } from "bun:test";
import { oidc } from "./oidc/oidc.ts";
import { startPage } from "./oidc/start-page.ts";
import { call, createToken, DEVICE_CODE, register, startDevice } from "./support/ask-identity-center.ts";
import { testClock } from "./support/clock.ts";
import { newWorld } from "./support/sts-world.ts";
import type { World } from "./world/world.ts";

const HOST = "d-9876543210.awsapps.com";

function show(world: World, path: string, host = HOST) {
  const { reply } = startPage(call("GET", path, host), world);
  return { status: reply.status, text: Buffer.from(reply.body).toString() };
}

function press(world: World, userCode: string, decision: string, host = HOST) {
  const body = Buffer.from(new URLSearchParams({ user_code: userCode, decision }).toString());
  const { reply } = startPage(call("POST", "/start/device", host, { body }), world);
  return { status: reply.status, text: Buffer.from(reply.body).toString() };
}

test("the page for devices asks for the code, and with the code for a verdict", () => {
  const world = newWorld();
  const { userCode } = startDevice(world, register(world));
  expect(show(world, "/start/device").text).toContain('name="user_code"');
  const { status, text } = show(world, `/start/device?user_code=${userCode}`);
  expect(status).toBe(200);
  expect(text).toContain(userCode);
  expect(text).toContain('<button id="deny"');
});

const VERDICTS = { allow: undefined, deny: "access_denied" };

for (const [decision, error] of Object.entries(VERDICTS)) {
  test(`the page for devices passes ${decision} on to the device`, () => {
    const world = newWorld();
    const client = register(world);
    const { deviceCode, userCode } = startDevice(world, client);
    expect(press(world, userCode, decision).status).toBe(200);
    expect(createToken(world, client, { grantType: DEVICE_CODE, deviceCode }).members.error).toBe(error);
    expect(press(world, userCode, "allow").status).toBe(400);
  });
}

test("the page for devices knows only codes of its own portal that have not ended", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const { userCode } = startDevice(world, register(world));
  const path = `/start/device?user_code=${userCode}`;
  expect(show(world, "/start/device?user_code=AAAA-AAAA").status).toBe(400);
  expect(show(world, path, "my-company.awsapps.com").status).toBe(400);
  expect(press(world, userCode, "allow", "my-company.awsapps.com").status).toBe(400);
  expect(show(world, path).status).toBe(200);
  clock.move(600_000);
  expect(show(world, path).status).toBe(400);
});

test("the page for devices is at SSO-OIDC's own port too, below whatever path", () => {
  const world = newWorld();
  const { userCode } = startDevice(world, register(world));
  expect(oidc(call("GET", `/deep/device?user_code=${userCode}`, undefined), world).reply.status).toBe(200);
});

test("startPage is a page, and nothing else is there", () => {
  expect(show(newWorld(), "/start").text).toContain("AWS access portal");
  expect(show(newWorld(), "/favicon.ico").status).toBe(404);
});
