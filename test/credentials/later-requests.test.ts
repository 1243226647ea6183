import { describe, expect, test } from "bun:test";
import type { CredentialSource } from "../../src/credentials/credential-source.ts";
import {
  expectAfterSource,
  expectAfterSteps,
  type LaterRequests,
} from "../../src/credentials/later-requests.ts";
import type { PortalAccess } from "../../src/sso/portal.ts";
import { sharedFrom } from "../config/from-text.ts";
import { fakeHttpClient } from "../support/fake-http-client.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { federationStep, roleStep, sessionStep } from "../support/plans.ts";
import { container, instance, keys, login, longTerm, process, webIdentity } from "../support/sources.ts";

const sts = "https://sts.eu-west-1.amazonaws.com";
const useUrl = "https://signin.aws.amazon.com";
const portalUrl = "https://portal.sso.eu-central-1.amazonaws.com";
const portal = { startUrl: "https://d-1234567890.awsapps.com/start", region: "eu-central-1" };

const ssoSource: CredentialSource = {
  kind: "sso-role",
  from: "Identity Center",
  accountId: "111111111111",
  roleName: "Reader",
  portal: { kind: "own", startUrl: portal.startUrl, region: portal.region },
};

interface Run extends Partial<LaterRequests["plan"]>, Partial<Pick<LaterRequests, "mfaToken" | "useUrl">> {
  readonly env?: Record<string, string>;
  readonly stsIsKnown?: boolean;
  readonly portal?: Pick<PortalAccess, "startUrl" | "region">;
}

/** The URLs that a run expects after its source; undefined where it opens no connection early. */
async function afterSource(run: Run): Promise<readonly string[] | undefined> {
  const { http, seen } = recording();
  const endpoint = { url: sts, host: new URL(sts).host, signingRegion: "eu-west-1" };
  await expectAfterSource(
    {
      plan: { source: run.source ?? ssoSource, steps: run.steps ?? [] },
      endpoints: {
        stsEndpoint: async () => endpoint,
        checkStsEndpoint: async () => (run.stsIsKnown === false ? undefined : endpoint),
      },
      useUrl: run.useUrl,
      mfaToken: run.mfaToken,
      inputs: { env: run.env ?? {}, profile: undefined, config: sharedFrom(""), http },
    },
    run.portal ?? (run.source === undefined ? portal : undefined),
  );
  return seen();
}

function recording() {
  let seen: readonly string[] | undefined;
  const early = {
    expect: (urls: readonly string[]) => {
      seen = urls;
    },
    openBeside: () => {},
    ready: async () => {},
  };
  return { http: fakeHttpClient(fakeSystem(), { early }), seen: () => seen };
}

describe("expectAfterSource()", () => {
  test("expectAfterSource() names the portal, which a renewal of its token comes before", async () => {
    expect(await afterSource({})).toEqual([portalUrl]);
  });

  test("expectAfterSource() names STS where steps follow, and what the caller asks then", async () => {
    expect(await afterSource({ steps: [roleStep()], useUrl })).toEqual([portalUrl, sts, useUrl]);
    expect(await afterSource({ useUrl })).toEqual([portalUrl, useUrl]);
  });

  test("expectAfterSource() names a custom endpoint of the portal", async () => {
    const env = { AWS_ENDPOINT_URL_SSO: "https://localhost:8443" };
    expect(await afterSource({ env })).toEqual(["https://localhost:8443"]);
  });

  test("expectAfterSource() names no portal whose region only the token tells", async () => {
    const ownHost = { ...portal, startUrl: "https://aws.example.com" };
    expect(await afterSource({ portal: ownHost, steps: [roleStep()] })).toEqual([sts]);
  });

  test("expectAfterSource() names no STS whose region only a request tells", async () => {
    expect(await afterSource({ steps: [roleStep()], stsIsKnown: false })).toEqual([portalUrl]);
  });

  test("expectAfterSource() names nothing after a step whose code a person has still to type", async () => {
    const mfaSerial = "arn:aws:iam::111111111111:mfa/ana";
    for (const step of [roleStep({ mfaSerial }), { ...sessionStep, mfaSerial }]) {
      expect(await afterSource({ steps: [step], useUrl })).toEqual([portalUrl]);
      expect(await afterSource({ steps: [step], useUrl, mfaToken: "123456" })).toContain(sts);
    }
    expect(await afterSource({ steps: [federationStep] })).toContain(sts);
  });

  test("expectAfterSource() names STS for a web identity, whose token may come from another host", async () => {
    expect(await afterSource({ source: webIdentity })).toEqual([sts]);
  });

  test("expectAfterSource() names STS after a renewal of an `aws login` sign-in", async () => {
    expect(await afterSource({ source: login, steps: [roleStep()] })).toEqual([sts]);
  });

  test("expectAfterSource() opens nothing beside a source that asks no host of AWS, or another program", async () => {
    for (const source of [keys(longTerm), process, container, instance])
      expect(await afterSource({ source, steps: [roleStep()], useUrl })).toBeUndefined();
  });
});

test("expectAfterSteps() names what the caller asks", () => {
  const { http, seen } = recording();
  expectAfterSteps(http, useUrl);
  expect(seen()).toEqual([useUrl]);
});
