import { expect, test } from "bun:test";
import { createSignInDesk } from "./sign-in-desk.ts";
import {
  accessToken,
  askPortal,
  createToken,
  DEVICE_CODE,
  loginByDeviceCode,
  refresh,
  register,
  registerForCode,
  startDevice,
} from "./support/ask-identity-center.ts";
import { MINUTE, testClock } from "./support/clock.ts";
import { newWorld } from "./support/sts-world.ts";

const HOUR = 60 * MINUTE;

test("CreateToken has a device wait until a person agrees, and gives tokens once", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const client = register(world);
  const { deviceCode, userCode } = startDevice(world, client);
  const poll = () => createToken(world, client, { grantType: DEVICE_CODE, deviceCode });
  expect(poll()).toMatchObject({ status: 400, members: { error: "authorization_pending" } });
  expect(poll().headers.get("x-amzn-errortype")).toBe("AuthorizationPendingException");
  clock.move(1000);
  expect(createSignInDesk(world).approveDevice(userCode.toLowerCase().replace("-", " "))).toBe(true);
  const { status, members } = poll();
  expect(status).toBe(200);
  expect(members).toMatchObject({ tokenType: "Bearer", expiresIn: 3600 });
  expect(String(members.accessToken)).toMatch(/^aoa.*[+/=].*:/);
  expect(String(members.refreshToken)).toMatch(/^aor/);
  expect(poll().members.error).toBe("invalid_grant");
});

test("CreateToken forgives one early poll, then says slow_down and means it", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const client = register(world);
  const { deviceCode } = startDevice(world, client);
  const poll = (after: number) => {
    clock.move(after);
    return createToken(world, client, { grantType: DEVICE_CODE, deviceCode }).members.error;
  };
  expect([0, 0, 1000, 500, 1000, 6000].map(poll)).toEqual([
    "authorization_pending",
    "authorization_pending",
    "authorization_pending",
    "slow_down",
    "slow_down",
    "slow_down",
  ]);
  expect([16_000, 16_000].map(poll)).toEqual(["authorization_pending", "authorization_pending"]);
});

test("CreateToken tells a declined device, an expired code and a code of another client apart", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const client = register(world);
  const error = (deviceCode: string, who = client) =>
    createToken(world, who, { grantType: DEVICE_CODE, deviceCode }).members.error;
  const declined = startDevice(world, client);
  expect(createSignInDesk(world).denyDevice(declined.userCode)).toBe(true);
  expect(createSignInDesk(world).approveDevice(declined.userCode)).toBe(false);
  expect(error(declined.deviceCode)).toBe("access_denied");
  const waiting = startDevice(world, client);
  expect(error(waiting.deviceCode, register(world))).toBe("invalid_grant");
  expect(error("unknown")).toBe("invalid_grant");
  clock.move(600_000);
  expect(error(waiting.deviceCode)).toBe("expired_token");
  expect(createSignInDesk(world).approveDevice(waiting.userCode)).toBe(false);
});

test("CreateToken approves at once with autoApprove", () => {
  const world = newWorld();
  world.identityCenter.settings.autoApprove = true;
  const client = register(world);
  const { deviceCode } = startDevice(world, client);
  expect(createToken(world, client, { grantType: DEVICE_CODE, deviceCode }).status).toBe(200);
});

test("CreateToken without the scope for accounts gives one long token that cannot be refreshed", () => {
  const world = newWorld();
  const members = loginByDeviceCode(world, register(world, { scopes: undefined }));
  expect(members).not.toHaveProperty("refreshToken");
  expect(members.expiresIn).toBe(8 * 3600);
});

test("CreateToken gives no refresh token to a client that did not register that grant", () => {
  const world = newWorld();
  expect(loginByDeviceCode(world, register(world, { grantTypes: [DEVICE_CODE] }))).not.toHaveProperty(
    "refreshToken",
  );
});

test("CreateToken refreshes: new tokens, the old access token stays, the old refresh token is spent", () => {
  const world = newWorld();
  const client = register(world);
  const first = loginByDeviceCode(world, client);
  const second = refresh(world, client, first.refreshToken);
  expect(second.status).toBe(200);
  expect(second.members.accessToken).not.toBe(first.accessToken);
  expect(second.members.refreshToken).not.toBe(first.refreshToken);
  expect(refresh(world, client, first.refreshToken)).toMatchObject({
    status: 400,
    members: { error: "invalid_grant" },
  });
  expect(refresh(world, client, second.members.refreshToken).status).toBe(200);
  expect(askPortal(world, "/assignment/accounts", String(first.accessToken)).status).toBe(200);
});

test("CreateToken leaves the refresh token out of the response, or repeats it, when told so", () => {
  const world = newWorld();
  const client = register(world);
  const { refreshToken } = loginByDeviceCode(world, client);
  world.identityCenter.settings.refreshTokens = "left-out";
  for (let round = 0; round < 2; round++) {
    const { status, members } = refresh(world, client, refreshToken);
    expect(status).toBe(200);
    expect(members).not.toHaveProperty("refreshToken");
  }
  world.identityCenter.settings.refreshTokens = "preserve";
  expect(refresh(world, client, refreshToken).members.refreshToken).toBe(refreshToken);
});

test("CreateToken refreshes until the sign-in ends, and no token outlives it", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const client = register(world);
  const { refreshToken } = loginByDeviceCode(world, client);
  clock.move(7.5 * HOUR);
  const late = refresh(world, client, refreshToken);
  expect(late.members.expiresIn).toBe(1800);
  clock.move(0.5 * HOUR);
  expect(refresh(world, client, late.members.refreshToken).members.error).toBe("expired_token");
});

test("CreateToken does not refresh what was logged out, ended or is another client's", () => {
  const world = newWorld();
  const client = register(world);
  const error = (token: unknown, who = client) => refresh(world, who, token).members.error;
  const first = loginByDeviceCode(world, client);
  expect(error(first.refreshToken, register(world))).toBe("invalid_grant");
  askPortal(world, "/logout", String(first.accessToken));
  expect(error(first.refreshToken)).toBe("invalid_grant");
  const second = loginByDeviceCode(world, client);
  createSignInDesk(world).endSignIns();
  expect(error(second.refreshToken)).toBe("invalid_grant");
  expect(error("unknown")).toBe("invalid_grant");
});

test("CreateToken refreshes what revokeAccessTokens struck", () => {
  const world = newWorld();
  const client = register(world);
  const { refreshToken } = loginByDeviceCode(world, client);
  createSignInDesk(world).revokeAccessTokens();
  const { members } = refresh(world, client, refreshToken);
  expect(askPortal(world, "/assignment/accounts", String(members.accessToken)).status).toBe(200);
});

test("CreateToken knows no client whose registration has ended or was forgotten", () => {
  const clock = testClock();
  const world = newWorld(clock);
  world.identityCenter.settings.registrationLife = 3600;
  const [ended, forgotten] = [register(world), register(world)];
  clock.move(HOUR);
  const client = register(world);
  const tokens = loginByDeviceCode(world, client);
  createSignInDesk(world).forgetClients();
  for (const who of [ended, forgotten, client]) {
    expect(refresh(world, who, tokens.refreshToken)).toMatchObject({
      status: 401,
      members: { error: "invalid_client" },
    });
  }
});

test("CreateToken refuses grants that do not exist, are not the client's, or lack their member", () => {
  const world = newWorld();
  const [client, forCode] = [register(world), registerForCode(world)];
  const error = (grant: Record<string, unknown>, who = client) =>
    createToken(world, who, grant).members.error;
  expect(error({ grantType: "password" })).toBe("unsupported_grant_type");
  expect(error({ grantType: "authorization_code", code: "c", codeVerifier: "v", redirectUri: "r" })).toBe(
    "unauthorized_client",
  );
  expect(error({ grantType: DEVICE_CODE, deviceCode: "d" }, forCode)).toBe("unauthorized_client");
  expect(error({ grantType: DEVICE_CODE })).toBe("invalid_request");
  expect(error({ grantType: "refresh_token" })).toBe("invalid_request");
  expect(error({ grantType: "authorization_code", code: "c" }, forCode)).toBe("invalid_request");
  expect(error({ grantType: "refresh_token", refresh_token: "misspelt" })).toBe("invalid_request");
});

test("signIn leaves what a sign-in by hand leaves", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const desk = createSignInDesk(world);
  const signedIn = desk.signIn();
  expect(signedIn).toMatchObject({ region: "us-east-1", expiresAt: clock.now() + HOUR });
  expect(askPortal(world, "/assignment/accounts", signedIn.accessToken).status).toBe(200);
  const { clientId, clientSecret } = signedIn;
  expect(refresh(world, { clientId, clientSecret }, signedIn.refreshToken).status).toBe(200);
  expect(desk.signIn({ refreshable: false })).not.toHaveProperty("refreshToken");
  const second = desk.signIn({ startUrl: "https://my-company.awsapps.com/start/#/" });
  expect(second).toMatchObject({
    region: "eu-central-1",
    startUrl: "https://my-company.awsapps.com/start/#/",
  });
  expect(() => desk.signIn({ startUrl: "https://other.awsapps.com/start" })).toThrow("no Identity Center");
});

test("accessToken is never the same twice", () => {
  const world = newWorld();
  expect(accessToken(world)).not.toBe(accessToken(world));
});
