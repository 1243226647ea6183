import { describe, expect, test } from "bun:test";
import { openHttpClient } from "../../src/settings/http-client.ts";
import type { Environment } from "../../src/system/types.ts";
import { profileOf } from "../config/from-text.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";

const pem = "-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----\n";
const silent = () => {};

/** The HTTP client of a run in this environment, with these files. */
function open(env: Environment, files: Record<string, string | Error> = {}, ...settings: string[]) {
  const profile = settings.length === 0 ? undefined : profileOf(...settings);
  return openHttpClient(fakeSystem({ env: { HOME: "/home/me", ...env }, files }), profile, silent);
}

describe("openHttpClient()", () => {
  test("opens a plain HTTP client where nothing is set", async () => {
    expect(await open({})).toMatchObject({
      proxies: { https: undefined, http: undefined, bypass: [] },
      ca: undefined,
      maxAttempts: 3,
      clockOffset: 0,
      retryTokens: 500,
    });
  });

  test("reads the proxies of the environment", async () => {
    const { proxies } = await open({ HTTPS_PROXY: "http://proxy.example:3128" });
    expect(proxies.https?.variable).toBe("HTTPS_PROXY");
  });

  const attempts: Record<string, [env: Environment, attempts: number]> = {
    "three in standard mode": [{ AWS_RETRY_MODE: "standard" }, 3],
    "three in adaptive mode": [{ AWS_RETRY_MODE: "adaptive" }, 3],
    "five in legacy mode": [{ AWS_RETRY_MODE: "legacy" }, 5],
    "as many as are asked for": [{ AWS_RETRY_MODE: "legacy", AWS_MAX_ATTEMPTS: "7" }, 7],
  };
  test.each(Object.entries(attempts))("makes %s attempts", async (_, [env, count]) => {
    expect((await open(env)).maxAttempts).toBe(count);
  });

  test("takes the attempts of the profile", async () => {
    expect((await open({}, {}, "max_attempts = 2")).maxAttempts).toBe(2);
  });

  test("reads the certificates of the variable, else of the profile", async () => {
    const files = { "/home/me/env.pem": pem, "/profile.pem": `# ours\n${pem}` };
    const setting = "ca_bundle = /profile.pem";
    expect((await open({ AWS_CA_BUNDLE: "~/env.pem" }, files, setting)).ca).toEqual({
      pem,
      source: "AWS_CA_BUNDLE",
    });
    expect((await open({}, files, setting)).ca).toEqual({
      pem: `# ours\n${pem}`,
      source: "ca_bundle (/home/me/.aws/config:2)",
    });
  });

  test.each(["TRUSTED CERTIFICATE", "X509 CERTIFICATE"])("takes %s for a certificate", async (label) => {
    const text = pem.replaceAll("CERTIFICATE", label);
    expect((await open({ AWS_CA_BUNDLE: "/a.pem" }, { "/a.pem": text })).ca?.pem).toBe(text);
  });

  const unusable: Record<string, [file: string | Error | undefined, why: string]> = {
    "is not there": [undefined, "does not exist"],
    "cannot be read": [new Error("EACCES: permission denied"), "cannot be read (EACCES: permission denied)"],
    "is empty": ["", "holds no PEM certificate"],
    "holds a key": [
      "-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n",
      "holds no PEM certificate",
    ],
  };
  test.each(Object.entries(unusable))("refuses a file that %s", async (_, [file, why]) => {
    const files = file === undefined ? {} : { "/a.pem": file };
    const failure = await failureOf(() => open({ AWS_CA_BUNDLE: "/a.pem" }, files));
    expect(failure.message).toBe(`cannot use the certificates of AWS_CA_BUNDLE: /a.pem ${why}`);
    expect(failure.hints).toEqual([
      "name a file of PEM certificates in AWS_CA_BUNDLE, or take the setting away",
    ]);
  });
});
