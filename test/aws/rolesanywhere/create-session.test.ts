import { describe, expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { resolveEndpoint } from "../../../src/aws/endpoints/resolve-endpoint.ts";
import { createSession, type SessionRequest } from "../../../src/aws/rolesanywhere/create-session.ts";
import type { X509Signer } from "../../../src/aws/rolesanywhere/x509-signature.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";
import { root } from "../../support/source-tree.ts";

const settings = { region: "eu-west-1", fips: false, dualStack: false, legacyGlobal: false };
const endpoint = resolveEndpoint("rolesanywhere", settings);
const key = createPrivateKey(await Bun.file(`${root}/test/fixtures/rolesanywhere/ec.pem`).text());
const signer: X509Signer = { certificate: new Uint8Array([1]), intermediates: [], serialNumber: "258", key };
const request: SessionRequest = {
  trustAnchorArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/a",
  profileArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:profile/p",
  roleArn: "arn:aws:iam::111111111111:role/Ring",
  durationSeconds: 3600,
};
const url =
  "https://rolesanywhere.eu-west-1.amazonaws.com/sessions" +
  "?profileArn=arn%3Aaws%3Arolesanywhere%3Aeu-west-1%3A111111111111%3Aprofile%2Fp" +
  "&roleArn=arn%3Aaws%3Aiam%3A%3A111111111111%3Arole%2FRing" +
  "&trustAnchorArn=arn%3Aaws%3Arolesanywhere%3Aeu-west-1%3A111111111111%3Atrust-anchor%2Fa";
const arn = "arn:aws:sts::111111111111:assumed-role/Ring/0102";
const credentials = {
  accessKeyId: "ASIAMADEUP",
  secretAccessKey: "made-up-secret",
  sessionToken: "made-up-token",
  expiration: "2026-03-02T13:00:00Z",
};
const answer = (keys: object = credentials) =>
  Response.json(
    { credentialSet: [{ assumedRoleUser: { arn, assumedRoleId: "AROA:0102" }, credentials: keys }] },
    { status: 201 },
  );

describe("createSession()", () => {
  test("createSession() asks for the role in the query and the duration in the body, signed by the certificate", async () => {
    const system = fakeSystem();
    system.expect("POST", url, answer());
    expect(await createSession({ http: fakeHttpClient(system), endpoint }, request, signer)).toEqual({
      credentials: {
        ...credentials,
        expiration: Date.parse(credentials.expiration),
        accountId: "111111111111",
      },
      arn,
    });
    const [sent] = system.requests;
    expect(sent?.body).toBe('{"durationSeconds":3600}');
    expect(sent?.headers).toMatchObject({
      "content-type": "application/json",
      "x-amz-x509": "AQ==",
      Authorization: expect.stringMatching(
        /^AWS4-X509-ECDSA-SHA256 Credential=258\/\d{8}\/eu-west-1\/rolesanywhere\/aws4_request, /,
      ),
    });
  });

  test("createSession() sends a session name only when there is one", async () => {
    const system = fakeSystem();
    system.expect("POST", url, answer());
    const named = { ...request, roleSessionName: "server-1" };
    await createSession({ http: fakeHttpClient(system), endpoint }, named, signer);
    expect(system.requests[0]?.body).toBe('{"durationSeconds":3600,"roleSessionName":"server-1"}');
  });

  test("createSession() gives AWS's code and message when it is refused", async () => {
    const system = fakeSystem();
    const headers = { "X-Amzn-ErrorType": "AccessDeniedException", date: new Date(noon).toUTCString() };
    system.expect("POST", url, Response.json({ message: "Untrusted certificate" }, { status: 403, headers }));
    const failure = await failureOf(() =>
      createSession({ http: fakeHttpClient(system), endpoint }, request, signer),
    );
    expect(failure.serviceError).toMatchObject({ code: "AccessDeniedException", status: 403 });
    expect(failure.message).toContain("Untrusted certificate");
  });

  const { sessionToken: _, ...withoutToken } = credentials;
  const incomplete: Readonly<Record<string, object>> = {
    "no session token": withoutToken,
    "a time that is none": { ...credentials, expiration: "soon" },
  };
  test.each(Object.entries(incomplete))("createSession() refuses a response with %s", async (_, keys) => {
    const system = fakeSystem();
    system.expect("POST", url, answer(keys));
    const failure = await failureOf(() =>
      createSession({ http: fakeHttpClient(system), endpoint }, request, signer),
    );
    expect(failure.message).toContain("the response to CreateSession lacks a usable accessKeyId");
  });
});
