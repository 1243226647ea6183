import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import {
  clientFor,
  forgetClient,
  leastRequest,
  registrationRequest,
} from "../../../src/sso/login/register.ts";
import type { StoredRegistration } from "../../../src/sso/registration-file.ts";
import type { Flow } from "../../../src/sso/token-store.ts";
import { memoryTokenStore } from "../../../src/sso/token-store.ts";
import { failureOf } from "../../support/failure.ts";
import { client, expectRegistration, loginContext, portal } from "../../support/fake-login.ts";
import { json, oidcUrl, refuses, sentBody } from "../../support/fake-portal.ts";
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

const grants = ["authorization_code", "refresh_token"];
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
    test(`clientFor() registers and stores a new client when ${name}`, async () => {
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

describe("clientFor() with a client that cannot be stored", () => {
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
      "the client registration is not stored: cannot write /c.json: read-only",
    ]);
    expect(system.stderrLines).toEqual([]);
  });

  test("clientFor() fails where the token must be stored", async () => {
    const system = fakeSystem();
    expectRegistration(system);
    const failure = await failureOf(() => clientFor(loginContext(system, true), portal, "device", readOnly));
    expect(failure.message).toBe("cannot write /c.json: read-only");
  });
});

describe("clientFor() at a portal that refuses the registration", () => {
  const registerUrl = `${oidcUrl}/client/register`;
  const serverError = () => json(500, { error: "server_error" });

  for (const [what, refusal, times] of [
    ["400", () => refuses("unsupported_grant_type"), 1],
    ["500", serverError, 3],
  ] as const) {
    test(`clientFor() registers once more with less after ${what}`, async () => {
      const system = fakeSystem();
      for (let attempt = 0; attempt < times; attempt++) system.expect("POST", registerUrl, refusal());
      expectRegistration(system);
      const { store, written } = storeWith(undefined);
      await clientFor(loginContext(system), portal, "browser", store);
      const sent = system.requests.map((request) => sentBody(request));
      expect(sent[0]).toMatchObject({ grantTypes: ["authorization_code", "refresh_token"] });
      expect(sent.at(-1)).toMatchObject({ grantTypes: ["authorization_code"], scopes: portal.scopes });
      expect(written.map(([, { grantTypes }]) => grantTypes)).toEqual([["authorization_code"]]);
    });
  }

  test("clientFor() registers for a code without scopes, and reports the first refusal", async () => {
    const system = fakeSystem();
    system.expect("POST", registerUrl, refuses("invalid_scope"));
    system.expect("POST", registerUrl, refuses("invalid_client_metadata"));
    const { store } = storeWith(undefined);
    const failure = await failureOf(() => clientFor(loginContext(system), portal, "device", store));
    expect(failure.serviceError?.code).toBe("invalid_scope");
    expect(sentBody(system.requests[1])).toEqual({ clientName: "aws-login", clientType: "public" });
  });

  test("clientFor() does not register again after what is no refusal", async () => {
    for (const reply of [json(403, { message: "no" }), new Response("<html>", { status: 400 })]) {
      const system = fakeSystem();
      system.expect("POST", registerUrl, reply);
      const { store } = storeWith(undefined);
      await failureOf(() => clientFor(loginContext(system), portal, "browser", store));
      expect(system.requests).toHaveLength(1);
    }
  });

  for (const [code, throttled] of [
    ["ThrottlingException", () => json(400, { __type: "ThrottlingException", message: "Rate exceeded" })],
    ["slow_down", () => refuses("slow_down")],
  ] as const) {
    test(`clientFor() does not register with less after ${code}, which has a status of 400 as well`, async () => {
      const system = fakeSystem();
      for (let attempt = 0; attempt < 3; attempt++) system.expect("POST", registerUrl, throttled());
      const { store } = storeWith(undefined);
      const failure = await failureOf(() => clientFor(loginContext(system), portal, "browser", store));
      expect(failure.serviceError?.code).toBe(code);
    });
  }

  test("leastRequest() is undefined where nothing is left to leave out", () => {
    const bare = { ...portal, scopes: [] };
    expect(leastRequest(registrationRequest(bare, "device"))).toBeUndefined();
    expect(leastRequest(registrationRequest(bare, "browser"))).toBeUndefined();
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

  test("registrationRequest() names the AWS access portal to which the start URL leads", () => {
    const resolvedUrl = "https://ssoins-1.portal.eu-west-1.app.aws";
    expect(registrationRequest({ ...portal, resolvedUrl }, "browser").issuerUrl).toBe(resolvedUrl);
  });

  test("registrationRequest() asks for no refresh where no scopes are wanted", () => {
    const without = { ...portal, scopes: [] };
    expect(registrationRequest(without, "device")).toEqual({ clientName: "aws-login" });
    expect(registrationRequest(without, "browser")).not.toHaveProperty("scopes");
    expect(registrationRequest(without, "browser").grantTypes).not.toContain("refresh_token");
  });
});
