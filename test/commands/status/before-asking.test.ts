import { describe, expect, test } from "bun:test";
import { type Known, knownBeforeAsking } from "../../../src/commands/status/before-asking.ts";
import type { CredentialSource } from "../../../src/credentials/credential-source.ts";
import { loginPath } from "../../../src/credentials/sources/login-session-file.ts";
import { keySystem } from "../../credentials/sources/rolesanywhere/key-files.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { optionsOf } from "../../support/options.ts";

const home = "/home/me";
const session = "arn:aws:iam::111111111111:user/ana";
const login: CredentialSource = {
  kind: "login-session",
  from: "profile dev (/c:2)",
  profileName: "dev",
  session,
};
const path = loginPath(session, {}, home) ?? "";
const now = Date.parse("2030-01-31T12:00:00Z");

/** What is known of a source whose stored sign-in is this text. */
function known(source: CredentialSource, stored?: string) {
  const system = fakeSystem({
    env: { HOME: home },
    now,
    files: stored === undefined ? {} : { [path]: stored },
  });
  return knownBeforeAsking({ source, steps: [] }, { request: optionsOf("status") }, undefined, system, home);
}

const keys = { accessKeyId: "A", secretAccessKey: "s", sessionToken: "t" };
const stored = (expiresAt: string, more: object = {}) =>
  JSON.stringify({ accessToken: { ...keys, expiresAt }, ...more });

describe("knownBeforeAsking()", () => {
  const needed = {
    status: 4,
    findings: [
      expect.objectContaining({
        code: "sign-in-needed",
        message: `there is no valid sign-in of ${session}, the login_session of profile dev (/c:2)`,
        hint: "sign in with: aws-login login --profile dev",
      }),
    ],
  };
  const due = {
    status: 0,
    findings: [
      expect.objectContaining({
        code: "renewal-due",
        message: "the session of profile dev (/c:2) is over and is renewed at the next use",
      }),
    ],
  };
  const cases: Record<string, [stored: string | undefined, expected: Known | undefined]> = {
    "needs a person where the file of a login_session is missing": [undefined, needed],
    "needs a person where the file is damaged": ["{", needed],
    "needs a person where the keys have ended and cannot be renewed": [
      stored("2030-01-31T11:00:00Z"),
      needed,
    ],
    "renews keys that have ended": [stored("2030-01-31T11:00:00Z", { refreshToken: "r" }), due],
    "knows nothing of keys that are valid": [stored("2030-01-31T12:10:00Z"), undefined],
  };
  test.each(Object.entries(cases))("knownBeforeAsking() %s", async (_, [text, expected]) => {
    expect(await known(login, text)).toEqual(expected);
  });

  const certificate: CredentialSource = {
    kind: "rolesanywhere",
    from: "the certificate",
    certificateFile: "/keys/rsa-cert.pem",
    privateKeyFile: "/keys/rsa-enc-scrypt.pem",
    trustAnchorArn: "t",
    profileArn: "p",
    roleArn: "r",
    region: "eu-west-1",
    durationSeconds: 3600,
  };
  const ofCertificate = (more: Partial<typeof certificate>) => {
    const system = keySystem();
    const plan = { source: { ...certificate, ...more }, steps: [] };
    return knownBeforeAsking(plan, { request: optionsOf("status") }, undefined, system, home);
  };

  test("knownBeforeAsking() needs a person for the password of a private key", async () => {
    expect(await ofCertificate({})).toMatchObject({
      status: 4,
      findings: [
        {
          code: "sign-in-needed",
          message: "the password of the private key /keys/rsa-enc-scrypt.pem is needed",
        },
      ],
    });
  });

  test("knownBeforeAsking() needs none for a password in a file, a plain key, or a key that cannot be read", async () => {
    expect(await ofCertificate({ passwordFile: "/password" })).toBeUndefined();
    expect(await ofCertificate({ privateKeyFile: "/keys/rsa.pem" })).toBeUndefined();
    expect(await ofCertificate({ privateKeyFile: "/none" })).toBeUndefined();
  });

  test("knownBeforeAsking() tells keys that have ended", async () => {
    const source: CredentialSource = {
      kind: "keys",
      from: "the environment",
      credentials: { accessKeyId: "A", secretAccessKey: "s", sessionToken: "t", expiration: now - 1000 },
    };
    expect(await known(source)).toMatchObject({
      status: 1,
      findings: [{ message: "the keys of the environment expired at 2030-01-31T11:59:59Z" }],
    });
  });
});
