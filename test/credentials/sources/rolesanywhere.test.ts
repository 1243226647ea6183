import { describe, expect, test } from "bun:test";
import { resolveEndpoint } from "../../../src/aws/endpoints/resolve-endpoint.ts";
import {
  acquireFromRolesAnywhere,
  type RolesAnywhereOptions,
  rolesAnywhereSource,
} from "../../../src/credentials/sources/rolesanywhere.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { keySystem } from "./rolesanywhere/key-files.ts";

const options = {
  certificate: "/keys/rsa-cert.pem",
  privateKey: "/keys/rsa.pem",
  trustAnchorArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/a",
  profileArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:profile/p",
  roleArn: "arn:aws:iam::111111111111:role/team/Ring",
} satisfies RolesAnywhereOptions;

describe("rolesAnywhereSource()", () => {
  test("rolesAnywhereSource() is nothing where no certificate is named", () => {
    expect(rolesAnywhereSource({})).toBeUndefined();
    expect(rolesAnywhereSource({ roleArn: options.roleArn })).toBeUndefined();
  });

  test("rolesAnywhereSource() takes the region of the trust anchor, an hour, and no session name", () => {
    expect(rolesAnywhereSource(options)).toEqual({
      kind: "rolesanywhere",
      from: "the certificate /keys/rsa-cert.pem (IAM Roles Anywhere)",
      certificateFile: "/keys/rsa-cert.pem",
      privateKeyFile: "/keys/rsa.pem",
      trustAnchorArn: options.trustAnchorArn,
      profileArn: options.profileArn,
      roleArn: options.roleArn,
      region: "eu-west-1",
      durationSeconds: 3600,
    });
  });

  test("rolesAnywhereSource() looks for the key in the certificate's file where no other is named", () => {
    const { privateKey: _, ...rest } = options;
    expect(rolesAnywhereSource({ ...rest, certificate: "one.p12" })).toMatchObject({
      certificateFile: "one.p12",
      privateKeyFile: "one.p12",
    });
  });

  test("rolesAnywhereSource() takes on duration, session name, intermediates and password file", () => {
    const given = {
      duration: 43_200,
      roleSessionName: "me",
      intermediates: "i",
      privateKeyPasswordFile: "p",
    };
    expect(rolesAnywhereSource({ ...options, ...given })).toMatchObject({
      durationSeconds: 43_200,
      roleSessionName: "me",
      intermediatesFile: "i",
      passwordFile: "p",
    });
  });

  const refused: Readonly<Record<string, readonly [RolesAnywhereOptions, message: string]>> = {
    "a profile in the place of the trust anchor": [
      { trustAnchorArn: options.profileArn },
      "cannot use --trust-anchor-arn: it is not the ARN of a trust anchor of Roles Anywhere",
    ],
    "a trust anchor in the place of the profile": [
      { profileArn: options.trustAnchorArn },
      "cannot use --profile-arn: it is not the ARN of a profile of Roles Anywhere",
    ],
    "a trust anchor without a region": [
      { trustAnchorArn: "arn:aws:rolesanywhere::111111111111:trust-anchor/a" },
      "cannot use --trust-anchor-arn: it is not the ARN of a trust anchor of Roles Anywhere",
    ],
    "a user in the place of the role": [{ roleArn: "arn:aws:iam::111111111111:user/ana" }, "--role-arn"],
    "a profile of another region": [
      { profileArn: "arn:aws:rolesanywhere:us-east-1:111111111111:profile/p" },
      "cannot use --profile-arn: its region is us-east-1, and that of --trust-anchor-arn is eu-west-1",
    ],
    "a role of another partition": [
      { roleArn: "arn:aws-cn:iam::111111111111:role/Ring" },
      "cannot use --role-arn: the three ARNs belong to the partitions aws and aws-cn",
    ],
    "more than twelve hours": [{ duration: 43_201 }, "cannot ask Roles Anywhere for 43201 seconds"],
    "a PKCS#11 token": [
      { privateKey: "pkcs11:object=key" },
      "cannot use --private-key: a PKCS#11 token is not supported",
    ],
    "a certificate of a PKCS#11 token": [
      { certificate: "pkcs11:object=certificate" },
      "cannot use --certificate: a PKCS#11 token is not supported",
    ],
    "a key handle of a TPM": [
      { privateKey: "handle:0x81000001" },
      "cannot use --private-key: a key in a TPM is not supported",
    ],
  };
  test.each(Object.entries(refused))("rolesAnywhereSource() refuses %s", async (_, [change, message]) => {
    const failure = await failureOf(() => rolesAnywhereSource({ ...options, ...change }));
    expect(failure.message).toContain(message);
    expect([failure.kind, failure.hints]).toEqual(["usage", [expect.any(String)]]);
  });
});

describe("acquireFromRolesAnywhere()", () => {
  const url =
    "https://rolesanywhere.eu-west-1.amazonaws.com/sessions" +
    "?profileArn=arn%3Aaws%3Arolesanywhere%3Aeu-west-1%3A111111111111%3Aprofile%2Fp" +
    "&roleArn=arn%3Aaws%3Aiam%3A%3A111111111111%3Arole%2Fteam%2FRing" +
    "&trustAnchorArn=arn%3Aaws%3Arolesanywhere%3Aeu-west-1%3A111111111111%3Atrust-anchor%2Fa";
  const arn = "arn:aws:sts::111111111111:assumed-role/Ring/0102";
  const keys = {
    accessKeyId: "ASIAMADEUP",
    secretAccessKey: "made-up-secret",
    sessionToken: "made-up-token",
  };
  const answer = (expiration: string) =>
    Response.json(
      { credentialSet: [{ assumedRoleUser: { arn }, credentials: { ...keys, expiration } }] },
      { status: 201 },
    );
  const refusal = (code: string, message: string) =>
    Response.json(
      { message },
      { status: 403, headers: { "x-amzn-errortype": code, "x-amzn-requestid": "r-1" } },
    );
  const settings = { fips: false, dualStack: false, legacyGlobal: false };

  function acquire(system: ReturnType<typeof keySystem>, change: RolesAnywhereOptions = {}) {
    const source = rolesAnywhereSource({ ...options, ...change });
    if (source === undefined) throw new Error("there is no source");
    const endpoint = (region: string) => resolveEndpoint("rolesanywhere", { region, ...settings });
    return acquireFromRolesAnywhere(source, { system, http: fakeHttpClient(system), endpoint });
  }

  test("acquireFromRolesAnywhere() makes one request and returns the session's credentials", async () => {
    const system = keySystem();
    system.expect("POST", url, answer("2030-01-31T13:00:00Z"));
    expect(await acquire(system)).toMatchObject({ arn, credentials: keys });
  });

  test("acquireFromRolesAnywhere() refuses a session that has expired", async () => {
    const system = keySystem();
    system.expect("POST", url, answer("2030-01-31T11:00:00Z"));
    expect((await failureOf(() => acquire(system))).message).toContain("cannot get role");
  });

  test("acquireFromRolesAnywhere() names role, certificate, serial number and request in a refusal", async () => {
    const system = keySystem();
    system.expect("POST", url, refusal("AccessDeniedException", "Untrusted certificate"));
    const failure = await failureOf(() => acquire(system));
    expect(failure.message).toBe(
      `cannot get role ${options.roleArn} from Roles Anywhere: AccessDeniedException: Untrusted certificate`,
    );
    expect(failure.notes).toEqual([
      "asked with the certificate /keys/rsa-cert.pem, serial number 124562745837719059303232313298209415765143613485, request r-1",
    ]);
    expect(failure.hints[0]).toContain("the trust policy of Ring must allow rolesanywhere.amazonaws.com");
    expect(shownText(failure)).not.toContain("PRIVATE KEY");
  });

  test("acquireFromRolesAnywhere() says which ARNs to check where one names nothing", async () => {
    const system = keySystem();
    system.expect("POST", url, refusal("ResourceNotFoundException", "Trust anchor not found"));
    expect((await failureOf(() => acquire(system))).hints).toEqual([
      "check --trust-anchor-arn and --profile-arn: their account, region and id",
    ]);
  });

  test("acquireFromRolesAnywhere() sends nothing for a key that does not belong to the certificate", async () => {
    const system = keySystem();
    const { message } = await failureOf(() => acquire(system, { privateKey: "/keys/ec.pem" }));
    expect(message).toBe(
      "cannot use the certificate /keys/rsa-cert.pem: the private key does not belong to it",
    );
    expect(system.requests).toEqual([]);
  });
});
