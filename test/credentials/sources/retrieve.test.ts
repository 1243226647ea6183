import { describe, expect, test } from "bun:test";
import type { PortalCaller } from "../../../src/aws/sso/portal-operations.ts";
import { retrieveCredentials } from "../../../src/credentials/sources/retrieve.ts";
import type { System } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { caller, portalUrl } from "../../support/fake-portal.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";
import {
  container,
  instance,
  keys,
  login,
  longTerm,
  process,
  temporary,
  webIdentity,
} from "../../support/sources.ts";
import { keysElement, stsAnswer, stsEndpoint } from "../../support/sts-answers.ts";

const unused = (): never => {
  throw new Error("it is not needed");
};

function context(instead: Partial<System> = {}, files: Record<string, string> = {}) {
  const system = fakeSystem({ files, env: { HOME: "/home/ana" }, instead });
  const http = fakeHttpClient(system);
  return {
    system,
    http,
    openMetadata: unused,
    stsEndpoint: async () => stsEndpoint,
    loginEndpoint: unused,
    rolesAnywhereEndpoint: unused,
    keyPassword: undefined,
    prompt: "allowed" as const,
    openPortal: unused,
    options: { roleSessionName: "aws-login" },
  };
}

describe("retrieveCredentials()", () => {
  test("retrieveCredentials() hands on keys, and names their principal by key and source", async () => {
    const here = context();
    expect(await retrieveCredentials(keys(longTerm), here)).toEqual({
      credentials: longTerm,
      kind: "long-term",
      principal: "access key AKIAMADEUP from the environment",
    });
    expect(here.http.traced).toEqual(["credentials: access key AKIAMADEUP from the environment"]);
  });

  test("retrieveCredentials() refuses keys that have expired", async () => {
    const failure = await failureOf(() =>
      retrieveCredentials(keys({ ...temporary, expiration: noon }), context()),
    );
    expect(failure.message).toBe(
      "cannot use the credentials of the environment: they expired at 2030-01-31T12:00:00Z",
    );
  });

  test("retrieveCredentials() does not repeat an access key id that does not look like one", async () => {
    const here = context();
    const secret = "hunter2 and more than an id may hold";
    const { principal } = await retrieveCredentials(keys({ ...longTerm, accessKeyId: secret }), here);
    expect(principal).toBe(`access key of ${secret.length} characters from the environment`);
    expect(here.http.traced.join()).not.toContain("hunter2");
  });

  test("retrieveCredentials() names the principal of a web identity's role by the session's ARN", async () => {
    const here = context({}, { "/run/token": "made.up.jwt" });
    const arn = "arn:aws:sts::222222222222:assumed-role/Deploy/aws-login";
    const result = `<AssumedRoleUser><Arn>${arn}</Arn></AssumedRoleUser>${keysElement("ASIAMADEUP")}`;
    here.system.expect(
      "POST",
      "https://sts.eu-west-1.amazonaws.com/",
      stsAnswer("AssumeRoleWithWebIdentity", result),
    );
    expect(await retrieveCredentials(webIdentity, here)).toMatchObject({ kind: "role", principal: arn });
  });

  test("retrieveCredentials() refuses a portal's credentials that are over when they arrive", async () => {
    const optional = { ...temporary, expiration: noon };
    const openPortal = async () => ({
      startUrl: undefined,
      region: "eu-west-1",
      tokenFile: undefined,
      prompt: "allowed" as const,
      ready: async () => ({ until: "" }),
      ask: <T>(operation: (portal: PortalCaller) => Promise<T>) =>
        operation({ ...caller(here.system, portalUrl), accessToken: "t" }),
    });
    const here = { ...context(), openPortal };
    here.system.expect(
      "GET",
      `${portalUrl}/federation/credentials?role_name=Reader&account_id=012345678901`,
      Response.json({ roleCredentials: optional }),
    );
    const portal = { kind: "own", startUrl: undefined, region: undefined } as const;
    const role = { accountId: "012345678901", roleName: "Reader" };
    const failure = await failureOf(() =>
      retrieveCredentials({ kind: "sso-role", from: "Identity Center", ...role, portal }, here),
    );
    expect(failure.message).toStartWith(
      "what the portal for role Reader of account 012345678901 gave expired at 2030-01-31T12:00:00Z",
    );
  });

  test("retrieveCredentials() takes a container's credentials for those of its role", async () => {
    const here = context();
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token } = temporary;
    const document = { AccessKeyId, SecretAccessKey, Token, Expiration: "2030-01-31T18:00:00Z" };
    here.system.expect("GET", "http://127.0.0.1/creds", Response.json(document));
    expect(await retrieveCredentials(container, here)).toMatchObject({
      kind: "instance",
      principal: "access key ASIAMADEUP from container credentials (AWS_CONTAINER_CREDENTIALS_FULL_URI)",
    });
  });

  for (const [members, kind] of [
    [{}, "long-term"],
    [{ SessionToken: "made-up-token" }, "temporary"],
  ] as const) {
    test(`retrieveCredentials() finds ${kind} keys in what a process printed`, async () => {
      const printed = {
        Version: 1,
        AccessKeyId: "AKIAMADEUP",
        SecretAccessKey: "made-up-secret",
        ...members,
      };
      const end = { status: 0, signal: undefined, stdout: JSON.stringify(printed), stderr: "" };
      const acquired = await retrieveCredentials(process, context({ runHelper: async () => end }));
      expect(acquired).toMatchObject({
        kind,
        principal: "access key AKIAMADEUP from profile dev (config:2)",
      });
    });
  }

  test("retrieveCredentials() hands on the Failure of a missing login", async () => {
    const failure = await failureOf(() => retrieveCredentials(login, context()));
    expect(failure.kind).toBe("sign-in-needed");
  });

  test("retrieveCredentials() asks instance metadata, and names the principal by the role", async () => {
    const openMetadata = async () => ({
      credentials: async () => ({ kind: "credentials", credentials: temporary, role: "Machine" }) as const,
      region: async () => undefined,
    });
    expect(await retrieveCredentials(instance, { ...context(), openMetadata })).toEqual({
      credentials: temporary,
      kind: "instance",
      principal: "role Machine of instance metadata",
    });
  });
});
