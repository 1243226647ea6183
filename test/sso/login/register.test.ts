import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { clientFor, forgetClient, registrationRequest } from "../../../src/sso/login/register.ts";
import type { StoredRegistration } from "../../../src/sso/registration-file.ts";
import type { Flow } from "../../../src/sso/token-store.ts";
import { memoryTokenStore } from "../../../src/sso/token-store.ts";
import { failureOf } from "../../support/failure.ts";
import { client, expectRegistration, loginContext, portal } from "../../support/fake-login.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

/** A store that has this client, and tells what is written. */
function storeWith(stored: StoredRegistration | undefined) {
  const written: [Flow, StoredRegistration][] = [];
  const store = {
    ...memoryTokenStore(undefined),
    readRegistration: async () => stored,
    writeRegistration: async (flow: Flow, registration: StoredRegistration) => {
      written.push([flow, registration]);
    },
  };
  return { store, written };
}

const grants = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];
const forDevice = { ...client, scopes: portal.scopes };
const forBrowser = { ...forDevice, grantTypes: [...grants] };
const left = (milliseconds: number) => new Date(noon + milliseconds).toISOString();

describe("clientFor()", () => {
  const good: Record<string, [Flow, StoredRegistration]> = {
    "a code": ["device", forDevice],
    "the browser": ["browser", forBrowser],
    "a code, with the grants of one": ["device", { ...forDevice, grantTypes: ["refresh_token"] }],
    "a code, with a quarter of an hour left": ["device", { ...forDevice, expiresAt: left(900_000) }],
  };
  for (const [name, [flow, stored]] of Object.entries(good)) {
    test(`clientFor() takes the stored client for ${name}`, async () => {
      const { store, written } = storeWith(stored);
      expect(await clientFor(loginContext(fakeSystem()), portal, flow, store)).toEqual(stored);
      expect(written).toEqual([]);
    });
  }

  const bad: Record<string, [Flow, StoredRegistration | undefined]> = {
    "there is none": ["device", undefined],
    "it ends within a quarter of an hour": ["device", { ...forDevice, expiresAt: left(899_000) }],
    "its end cannot be read": ["device", { ...forDevice, expiresAt: "soon" }],
    "it is the browser's and a code is wanted": ["device", forBrowser],
    "it is for a code and the browser is wanted": ["browser", forDevice],
    "it has no scopes": ["device", client],
    "it has other scopes": ["device", { ...forDevice, scopes: ["other"] }],
  };
  for (const [name, [flow, stored]] of Object.entries(bad)) {
    test(`clientFor() registers and keeps a new client when ${name}`, async () => {
      const system = fakeSystem();
      expectRegistration(system);
      const { store, written } = storeWith(stored);
      const made = await clientFor(loginContext(system), portal, flow, store);
      const expected = flow === "device" ? forDevice : forBrowser;
      expect(made).toEqual(expected);
      expect(written).toEqual([[flow, expected]]);
    });
  }
});

describe("clientFor() with a client that cannot be kept", () => {
  const readOnly = {
    ...storeWith(undefined).store,
    writeRegistration: () => Promise.reject(new Failure("failed", "cannot write /c.json: read-only")),
  };

  test("clientFor() goes on with it, and traces why", async () => {
    const system = fakeSystem();
    expectRegistration(system);
    const context = loginContext(system);
    expect(await clientFor(context, portal, "device", readOnly)).toEqual(forDevice);
    expect(context.traced).toEqual([
      "the client of the sign-in is not kept: cannot write /c.json: read-only",
    ]);
    expect(system.stderrLines).toEqual([]);
  });

  test("clientFor() fails where the sign-in must be kept", async () => {
    const system = fakeSystem();
    expectRegistration(system);
    const failure = await failureOf(() => clientFor(loginContext(system, true), portal, "device", readOnly));
    expect(failure.message).toBe("cannot write /c.json: read-only");
  });
});

test("forgetClient() only traces why a client cannot be removed", async () => {
  const context = loginContext(fakeSystem());
  const removed: Flow[] = [];
  const { store } = storeWith(forDevice);
  const removeRegistration = async (flow: Flow) => {
    removed.push(flow);
    throw new Failure("failed", "cannot remove /c.json: read-only");
  };
  await forgetClient(context, "browser", { ...store, removeRegistration });
  expect(removed).toEqual(["browser"]);
  expect(context.traced).toEqual(["the stored client stays: cannot remove /c.json: read-only"]);
});

describe("registrationRequest()", () => {
  test("registrationRequest() names no grants for a code", () => {
    expect(registrationRequest(portal, "device")).toEqual({ clientName: "aws-login", scopes: portal.scopes });
  });

  test("registrationRequest() names the redirect URI without a port for the browser", () => {
    expect(registrationRequest(portal, "browser")).toEqual({
      clientName: "aws-login",
      scopes: portal.scopes,
      grantTypes: [...grants],
      redirectUris: ["http://127.0.0.1/oauth/callback"],
      issuerUrl: portal.startUrl,
    });
  });

  test("registrationRequest() asks for no refresh where no scopes are wanted", () => {
    const without = { ...portal, scopes: [] };
    expect(registrationRequest(without, "device")).toEqual({ clientName: "aws-login" });
    expect(registrationRequest(without, "browser")).not.toHaveProperty("scopes");
    expect(registrationRequest(without, "browser").grantTypes).not.toContain("refresh_token");
  });
});
