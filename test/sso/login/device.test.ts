import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { loginByDeviceCode } from "../../../src/sso/login/device.ts";
import { failureOf } from "../../support/failure.ts";
import {
  client,
  expectDeviceCode,
  expectToken,
  loginContext,
  newToken,
  portal,
} from "../../support/fake-login.ts";
import { json, refuses } from "../../support/fake-portal.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

const reset = () => Object.assign(new Error("gone"), { code: "ECONNRESET" });

describe("loginByDeviceCode()", () => {
  test("loginByDeviceCode() shows the code, and waits the interval, before it polls at all", async () => {
    const system = fakeSystem();
    expectDeviceCode(system, { interval: 2 });
    system.expect("POST", "https://oidc.example/token", () => {
      expect(system.stderrLines.at(-2)).toBe("    ABCD-EFGH");
      expect([system.opened.length, system.sleeps]).toEqual([1, [2000]]);
      return json(200, { accessToken: "new", expiresIn: 3600 });
    });
    const token = await loginByDeviceCode(loginContext(system), client, portal, "open");
    expect(token.accessToken).toBe("new");
  });

  test("loginByDeviceCode() shows address and code, opens the page and polls at the interval", async () => {
    const system = fakeSystem();
    expectDeviceCode(system, { interval: 2 });
    for (let poll = 0; poll < 3; poll++) expectToken(system, refuses("authorization_pending"));
    expectToken(system);
    expect(await loginByDeviceCode(loginContext(system), client, portal, "open")).toEqual(newToken);
    expect(system.sleeps).toEqual([2000, 2000, 2000, 2000]);
    expect(system.opened).toEqual(["https://device.example/?user_code=ABCD-EFGH"]);
    expect(system.stderrLines).toEqual([
      `aws-login: to sign in to ${portal.startUrl}, open this page in any browser:`,
      "    https://device.example/?user_code=ABCD-EFGH",
      "aws-login: check that the page shows this code:",
      "    ABCD-EFGH",
      "aws-login: waiting for the approval, up to 10 minutes",
    ]);
    expect(system.stdoutTexts).toEqual([]);
  });

  test("loginByDeviceCode() has the code typed where the address does not carry it", async () => {
    const system = fakeSystem();
    expectDeviceCode(system, { verificationUriComplete: undefined });
    expectToken(system);
    await loginByDeviceCode(loginContext(system), client, portal, "leave");
    expect(system.stderrLines).toEqual([
      `aws-login: to sign in to ${portal.startUrl}, open this page in any browser:`,
      "    https://device.example/",
      "aws-login: type this code there:",
      "    ABCD-EFGH",
      "aws-login: waiting for the approval, up to 10 minutes",
    ]);
  });

  test("loginByDeviceCode() waits at least 0.2 s between polls, whatever interval the service sends", async () => {
    const system = fakeSystem();
    expectDeviceCode(system, { interval: 0.0001 });
    expectToken(system, refuses("authorization_pending"));
    expectToken(system, refuses("slow_down"));
    expectToken(system);
    await loginByDeviceCode(loginContext(system), client, portal, "leave");
    expect(system.sleeps).toEqual([200, 200, 5200]);
  });

  test("loginByDeviceCode() fails at once with an approval without a usable token", async () => {
    const system = fakeSystem();
    expectDeviceCode(system);
    expectToken(system, json(200, { accessToken: "a\u0000b", expiresIn: 3600 }));
    const failure = await failureOf(() => loginByDeviceCode(loginContext(system), client, portal, "leave"));
    expect(failure.message).toBe("the response to CreateToken lacks a usable accessToken or expiresIn");
  });

  test("loginByDeviceCode() polls again after a page of something between it and the service", async () => {
    const system = fakeSystem();
    expectDeviceCode(system);
    expectToken(system, new Response("<html>"));
    expectToken(system);
    expect(await loginByDeviceCode(loginContext(system), client, portal, "leave")).toEqual(newToken);
  });

  test("loginByDeviceCode() opens nothing with leave, and goes on when the opener fails", async () => {
    for (const browser of ["leave", "open"] as const) {
      const system = fakeSystem({
        instead: {
          openBrowser: async () => Promise.reject(new Failure("failed", "cannot open the browser: x")),
        },
      });
      expectDeviceCode(system);
      expectToken(system, refuses("authorization_pending"));
      expectToken(system);
      const context = loginContext(system);
      expect(await loginByDeviceCode(context, client, portal, browser)).toEqual(newToken);
      expect(context.traced).toEqual(browser === "open" ? ["cannot open the browser: x"] : []);
    }
  });

  test("loginByDeviceCode() adds five seconds to the interval at each slow_down", async () => {
    const system = fakeSystem();
    expectDeviceCode(system);
    for (const error of ["slow_down", "authorization_pending", "slow_down", "authorization_pending"]) {
      expectToken(system, refuses(error));
    }
    expectToken(system);
    await loginByDeviceCode(loginContext(system), client, portal, "leave");
    expect(system.sleeps).toEqual([1000, 6000, 6000, 11000, 11000]);
  });

  test("loginByDeviceCode() polls again after a network failure", async () => {
    const system = fakeSystem();
    expectDeviceCode(system);
    expectToken(system, refuses("authorization_pending"));
    for (let attempt = 0; attempt < 3; attempt++) expectToken(system, reset());
    expectToken(system);
    expect(await loginByDeviceCode(loginContext(system), client, portal, "leave")).toEqual(newToken);
  });

  for (const [status, attempts] of [
    [502, 3],
    [503, 3],
    [429, 3],
  ] as const) {
    test(`loginByDeviceCode() polls again after ${status}`, async () => {
      const system = fakeSystem();
      expectDeviceCode(system);
      expectToken(system, refuses("authorization_pending"));
      // Each poll is repeated before it counts as failed.
      for (let poll = 0; poll < 2; poll++) {
        for (let attempt = 0; attempt < attempts; attempt++)
          expectToken(system, new Response("busy", { status }));
      }
      expectToken(system);
      expect(await loginByDeviceCode(loginContext(system), client, portal, "leave")).toEqual(newToken);
    });
  }

  test("loginByDeviceCode() gives up on a service that stays in trouble", async () => {
    const system = fakeSystem({
      instead: {
        fetch: async (url) => (url.endsWith("/token") ? new Response("", { status: 502 }) : code()),
      },
    });
    const code = () =>
      json(200, {
        deviceCode: "made-up-device-code",
        userCode: "ABCD-EFGH",
        verificationUri: "https://device.example/",
        expiresIn: 600,
        interval: 1,
      });
    const failure = await failureOf(() => loginByDeviceCode(loginContext(system), client, portal, "leave"));
    expect(failure.serviceError?.status).toBe(502);
    expect(system.now()).toBeLessThan(noon + 600_000);
  });

  const ends: Record<string, [string, string]> = {
    "the code ended": ["expired_token", "the code was not approved within 10 minutes"],
    "the person refused": ["access_denied", "the request was refused in the browser"],
  };
  for (const [name, [error, message]] of Object.entries(ends)) {
    test(`loginByDeviceCode() gives up when ${name}`, async () => {
      const system = fakeSystem();
      expectDeviceCode(system);
      expectToken(system, refuses("authorization_pending"));
      expectToken(system, refuses(error));
      const failure = await failureOf(() => loginByDeviceCode(loginContext(system), client, portal, "leave"));
      expect(failure.message).toBe(message);
    });
  }

  test("loginByDeviceCode() gives up by itself when the code's time is over", async () => {
    const system = fakeSystem();
    expectDeviceCode(system, { expiresIn: 3, interval: 1 });
    for (let poll = 0; poll < 3; poll++) expectToken(system, refuses("authorization_pending"));
    const failure = await failureOf(() => loginByDeviceCode(loginContext(system), client, portal, "leave"));
    expect(failure.message).toContain("the code was not approved within 3 seconds");
  });

  test("loginByDeviceCode() polls once for a code that ends before the interval", async () => {
    const system = fakeSystem();
    expectDeviceCode(system, { expiresIn: 4, interval: 5 });
    expectToken(system, refuses("authorization_pending"));
    const failure = await failureOf(() => loginByDeviceCode(loginContext(system), client, portal, "leave"));
    expect(failure.message).toContain("the code was not approved within 4 seconds");
    expect(system.sleeps).toEqual([4000]);
  });

  test("loginByDeviceCode() throws any other refusal as it came", async () => {
    const system = fakeSystem();
    expectDeviceCode(system);
    expectToken(system, json(401, { error: "invalid_client" }));
    const failure = await failureOf(() => loginByDeviceCode(loginContext(system), client, portal, "leave"));
    expect(failure.serviceError?.code).toBe("invalid_client");
  });
});
