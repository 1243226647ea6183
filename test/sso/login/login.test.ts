import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { cliTokenStore } from "../../../src/sso/aws-cli-cache.ts";
import type { FlowChoice } from "../../../src/sso/login/choose-flow.ts";
import { login } from "../../../src/sso/login/login.ts";
import { memoryTokenStore } from "../../../src/sso/token-store.ts";
import { failureOf } from "../../support/failure.ts";
import {
  client,
  expectDeviceCode,
  expectRegistration,
  expectToken,
  loginContext,
  portal,
} from "../../support/fake-login.ts";
import { json, refuses, sentBody } from "../../support/fake-portal.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles, noSleep } from "../../support/memory-files.ts";

const device: FlowChoice = { flow: "device", browser: "leave", why: "a test" };
const browser: FlowChoice = { flow: "browser", browser: "open", why: "a test" };
const members = {
  startUrl: portal.startUrl,
  region: portal.region,
  accessToken: "made-up-token",
  // A second passes before the first poll.
  expiresAt: "2030-01-31T13:00:01Z",
  clientId: client.clientId,
  clientSecret: client.clientSecret,
  registrationExpiresAt: client.expiresAt,
  refreshToken: "made-up-refresh",
};

describe("login()", () => {
  test("login() returns all members of a token file, in the AWS CLI's order", async () => {
    const system = fakeSystem();
    expectRegistration(system);
    expectDeviceCode(system);
    expectToken(system);
    const token = await login(loginContext(system), portal, device, memoryTokenStore(undefined));
    expect(Object.entries(token)).toEqual(Object.entries(members));
  });

  test("login() has no refresh token where none was issued", async () => {
    const system = fakeSystem();
    expectRegistration(system);
    expectDeviceCode(system);
    expectToken(system, json(200, { accessToken: "made-up-token", expiresIn: 3600 }));
    const token = await login(loginContext(system), portal, device, memoryTokenStore(undefined));
    expect(token).not.toHaveProperty("refreshToken");
  });

  test("login() registers anew when the service has forgotten the stored client", async () => {
    const system = fakeSystem();
    const files = memoryFiles();
    const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", { ...portal, sessionName: "s" });
    await store.writeRegistration("device", { ...client, clientId: "forgotten", scopes: portal.scopes });
    system.expect("POST", "https://oidc.example/device_authorization", refuses("invalid_client", 401));
    expectRegistration(system);
    expectDeviceCode(system);
    expectToken(system);
    expect(await login(loginContext(system), portal, device, store)).toEqual(members);
    expect((await store.readRegistration("device"))?.clientId).toBe(client.clientId);
  });

  test("login() registers anew once only", async () => {
    const system = fakeSystem();
    for (let round = 0; round < 2; round++) {
      expectRegistration(system);
      system.expect("POST", "https://oidc.example/device_authorization", refuses("invalid_client", 401));
    }
    const failure = await failureOf(() =>
      login(loginContext(system), portal, device, memoryTokenStore(undefined)),
    );
    expect(failure.message).toBe(`cannot sign in to ${portal.startUrl}: invalid_client: made up`);
  });

  test("login() uses a device code when no browser can be opened, and says so", async () => {
    const system = fakeSystem({
      instead: {
        randomBytes: (length) => new Uint8Array(length),
        openBrowser: async () =>
          Promise.reject(new Failure("failed", 'cannot open the browser: "x" was not found')),
        serveCallback: async (_answer, _timeout, whenOpen) => {
          await whenOpen(4321);
          return undefined;
        },
      },
    });
    expectRegistration(system);
    expectRegistration(system);
    expectDeviceCode(system);
    expectToken(system);
    expect(await login(loginContext(system), portal, browser, memoryTokenStore(undefined))).toEqual(members);
    expect(system.stderrLines.at(-6)).toBe(
      'aws-login: cannot open the browser: "x" was not found; signing in with a code instead',
    );
  });

  test("login() hints at start URL and region after invalid_request", async () => {
    const system = fakeSystem();
    expectRegistration(system);
    system.expect("POST", "https://oidc.example/device_authorization", refuses("invalid_request"));
    const failure = await failureOf(() =>
      login(loginContext(system), portal, device, memoryTokenStore(undefined)),
    );
    expect(failure.hints[0]).toContain("eu-west-1");
  });

  test("login() ends with the Failure of Ctrl-C", async () => {
    const asked: string[] = [];
    const interrupted = new Failure("interrupted", "x");
    const system = fakeSystem({
      instead: {
        interruptible: async (doing) => {
          asked.push(doing);
          throw interrupted;
        },
      },
    });
    expect(
      await failureOf(() => login(loginContext(system), portal, device, memoryTokenStore(undefined))),
    ).toBe(interrupted);
    expect(asked).toEqual([`signing in to ${portal.startUrl}`]);
  });
});

describe("login() to a start URL on a company's own host", () => {
  const own = { ...portal, startUrl: "https://aws.example.com/start" };
  const regional = "https://ssoins-1.portal.eu-central-1.app.aws";
  const redirect = new Response(null, { status: 302, headers: { location: `${regional}/` } });

  test("login() sends the resolved URL to the resolved region, and stores the configured URL", async () => {
    const system = fakeSystem();
    system.expect("HEAD", own.startUrl, redirect);
    expectRegistration(system);
    expectDeviceCode(system);
    expectToken(system);
    const regions: (string | undefined)[] = [];
    const context = loginContext(system);
    const oidc = (region?: string) => {
      regions.push(region);
      return context.oidc(region);
    };
    const token = await login({ ...context, oidc }, own, device, memoryTokenStore(undefined));
    expect(token).toMatchObject({ startUrl: own.startUrl, region: "eu-central-1" });
    expect(sentBody(system.requests[2])).toMatchObject({ startUrl: regional });
    expect([regions[0], new Set(regions.slice(1))]).toEqual([undefined, new Set(["eu-central-1"])]);
  });

  test("login() says that the start URL does not exist, before it registers", async () => {
    const system = fakeSystem();
    system.expect("HEAD", own.startUrl, new Response("", { status: 404 }));
    const failure = await failureOf(() =>
      login(loginContext(system), own, device, memoryTokenStore(undefined)),
    );
    expect(failure.message).toBe(
      `cannot sign in to ${own.startUrl}: the start URL leads to no AWS access portal: its host is not AWS's and responds with 404 without a redirect`,
    );
  });
});

test("login() removes the client with which no browser came back", async () => {
  const system = fakeSystem({
    instead: { randomBytes: (length) => new Uint8Array(length), serveCallback: async () => undefined },
  });
  const files = memoryFiles();
  const store = cliTokenStore({ ...files, ...noSleep }, "/home/me", { ...portal, sessionName: "s" });
  expectRegistration(system);
  const failure = await failureOf(() => login(loginContext(system), portal, browser, store));
  expect(failure.message).toContain("no browser came back");
  expect(await store.readRegistration("browser")).toBeUndefined();
});

describe("login() and a stored client", () => {
  const stored = {
    ...client,
    scopes: portal.scopes,
    grantTypes: ["authorization_code", "refresh_token"],
  };
  const unremovable = () => Promise.reject(new Failure("failed", "cannot remove the client: read-only"));
  /** The store of the AWS CLI with a client for the browser. */
  async function storeWithClient() {
    const store = cliTokenStore({ ...memoryFiles(), ...noSleep }, "/home/me", {
      ...portal,
      sessionName: "s",
    });
    // The AWS CLI has one file for both flows.
    await store.writeRegistration("device", stored);
    return store;
  }

  test("login() leaves the shared client when Ctrl-C, or anything but the timeout, ends the login", async () => {
    for (const thrown of [new Failure("interrupted", "x"), new Failure("failed", "no network")]) {
      const system = fakeSystem({
        instead: {
          randomBytes: (length) => new Uint8Array(length),
          serveCallback: () => Promise.reject(thrown),
        },
      });
      const store = await storeWithClient();
      const failure = await failureOf(() => login(loginContext(system), portal, browser, store));
      expect(failure.kind).toBe(thrown.kind);
      expect((await store.readRegistration("browser"))?.clientId).toBe(client.clientId);
    }
  });

  test("login() says that no browser came back also when the client cannot be removed", async () => {
    const system = fakeSystem({
      instead: { randomBytes: (length) => new Uint8Array(length), serveCallback: async () => undefined },
    });
    const store = { ...(await storeWithClient()), removeRegistration: unremovable };
    const context = loginContext(system);
    const failure = await failureOf(() => login(context, portal, browser, store));
    expect(failure.message).toContain("no browser came back");
    expect(context.traced.at(-1)).toContain("cannot remove the client: read-only");
  });

  test("login() skips a forgotten client that cannot be removed", async () => {
    const system = fakeSystem();
    const files = cliTokenStore({ ...memoryFiles(), ...noSleep }, "/home/me", {
      ...portal,
      sessionName: "s",
    });
    await files.writeRegistration("device", { ...client, clientId: "forgotten", scopes: portal.scopes });
    const store = { ...files, removeRegistration: unremovable };
    system.expect("POST", "https://oidc.example/device_authorization", refuses("invalid_client", 401));
    expectRegistration(system);
    expectDeviceCode(system);
    expectToken(system);
    expect(await login(loginContext(system), portal, device, store)).toEqual(members);
  });

  test("login() removes a client that the service does not know", async () => {
    const system = fakeSystem();
    const store = cliTokenStore({ ...memoryFiles(), ...noSleep }, "/home/me", {
      ...portal,
      sessionName: "s",
    });
    for (let round = 0; round < 2; round++) {
      expectRegistration(system);
      system.expect("POST", "https://oidc.example/device_authorization", refuses("invalid_client", 401));
    }
    await failureOf(() => login(loginContext(system), portal, device, store));
    expect(await store.readRegistration("device")).toBeUndefined();
  });
});
