import { describe, expect, test } from "bun:test";
import { createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { root } from "../support/source-tree.ts";
import { rolesAnywhere } from "./rolesanywhere/rolesanywhere.ts";
import { verifyX509 } from "./rolesanywhere/verify.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import type { Call } from "./service.ts";
import { canonicalRequest, sha256 } from "./sigv4/canonical.ts";
import { postCall } from "./support/ask.ts";
import { createWorld, type World } from "./world/world.ts";

const folder = join(root, "test/fixtures/rolesanywhere");
const text = (name: string) => Bun.file(join(folder, name)).text();
const vectors: Readonly<Record<string, Vector>> = await Bun.file(join(folder, "rolesanywhere.json")).json();
const [rsaPem, rsaKey, ecPem, ecKey] = await Promise.all(
  ["rsa-cert.pem", "rsa.pem", "ec-cert.pem", "ec.pem"].map(text),
);
const pair = (pem = "", key = "") => ({ certificate: new X509Certificate(pem), key: createPrivateKey(key) });
const rsa = pair(rsaPem, rsaKey);
const ec = pair(ecPem, ecKey);

interface Vector {
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly authorization: string;
}

const host = "rolesanywhere.us-east-1.amazonaws.com";
const now = Date.parse("2027-01-02T03:04:05Z");
const anchor = "arn:aws:rolesanywhere:us-east-1:111111111111:trust-anchor/made-up";
const profile = "arn:aws:rolesanywhere:us-east-1:111111111111:profile/made-up";

function world(acceptsSessionName = false): World {
  const plan = {
    arn: anchor,
    profileArn: profile,
    certificatePem: rsaPem ?? "",
    roles: [SAMPLE_ROLES.ring],
    acceptsSessionName,
  };
  return createWorld({ ...SAMPLE_WORLD, trustAnchors: [plan] }, () => now, "test");
}

interface Ask {
  readonly signer?: { readonly certificate: X509Certificate; readonly key: KeyObject };
  readonly body?: Readonly<Record<string, unknown>>;
  readonly date?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request signed as AWS describes it. */
function signedCall({ signer = rsa, body = {}, date = "20270102T030405Z", headers = {} }: Ask): Call {
  const members = { trustAnchorArn: anchor, profileArn: profile, roleArn: SAMPLE_ROLES.ring, ...body };
  const sent = {
    "content-type": "application/json",
    host,
    "x-amz-date": date,
    "x-amz-x509": signer.certificate.raw.toString("base64"),
    ...headers,
  };
  const call = postCall(host, "/sessions", JSON.stringify(members), Object.entries(sent));
  const names = Object.keys(sent).sort();
  const scope = `${date.slice(0, 8)}/us-east-1/rolesanywhere/aws4_request`;
  const kind = signer.key.asymmetricKeyType === "rsa" ? "RSA" : "ECDSA";
  const algorithm = `AWS4-X509-${kind}-SHA256`;
  const toSign = [algorithm, date, scope, sha256(canonicalRequest(call, names))].join("\n");
  const serial = BigInt(`0x${signer.certificate.serialNumber}`);
  const signature = sign("sha256", Buffer.from(toSign), signer.key).toString("hex");
  const authorization = `${algorithm} Credential=${serial}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...call, headers: [...call.headers, ["Authorization", authorization]] };
}

function ask(wish: Ask, at = world()): { status: number; code: string; members: Record<string, unknown> } {
  const { reply } = rolesAnywhere(signedCall(wish), at);
  const code = new Map(reply.headers).get("X-Amzn-ErrorType") ?? "";
  return { status: reply.status, code, members: JSON.parse(String(reply.body)) };
}

describe("verifyX509()", () => {
  test.each(["rsaQuery", "rsaBody", "ecChain"])(
    "verifyX509() accepts the published request %s, and no other",
    (name) => {
      const vector = vectors[name];
      if (vector === undefined) throw new Error(`there is no vector ${name}`);
      const headers = Object.entries({ ...vector.headers, authorization: vector.authorization });
      const call = { ...postCall(host, vector.path, vector.body, headers), query: vector.query };
      const at = Date.parse("2026-01-02T03:04:05Z");
      expect(verifyX509(call, at)).toMatchObject({ region: "us-east-1" });
      expect(verifyX509({ ...call, body: Buffer.from("{}") }, at)).toEqual({
        problem: "the signature does not verify",
      });
      expect(verifyX509(call, at + 16 * 60_000)).toEqual({ problem: "the signing time is off" });
    },
  );
});

describe("rolesAnywhere()", () => {
  test("rolesAnywhere() gives an hour of the role, for the duration that was asked for otherwise", () => {
    const { status, members } = ask({});
    expect(status).toBe(201);
    expect(members).toMatchObject({
      credentialSet: [{ roleArn: SAMPLE_ROLES.ring, credentials: { expiration: "2027-01-02T04:04:05Z" } }],
    });
    expect(ask({ body: { durationSeconds: 900 } }).members).toMatchObject({
      credentialSet: [{ credentials: { expiration: "2027-01-02T03:19:05Z" } }],
    });
  });

  test("rolesAnywhere() takes a session name only where the profile accepts one", () => {
    const body = { roleSessionName: "server-1" };
    expect(ask({ body }).code).toBe("AccessDeniedException");
    expect(ask({ body }, world(true)).members).toMatchObject({
      credentialSet: [{ assumedRoleUser: { arn: expect.stringMatching(/assumed-role\/Ring\/server-1$/) } }],
    });
  });

  const refused: Readonly<Record<string, readonly [ask: Ask, status: number, code: string]>> = {
    "a certificate of another authority": [{ signer: ec }, 403, "AccessDeniedException"],
    "a certificate whose key did not sign": [
      { signer: { certificate: rsa.certificate, key: ec.key } },
      403,
      "AccessDeniedException",
    ],
    "another role": [{ body: { roleArn: SAMPLE_ROLES.jump } }, 403, "AccessDeniedException"],
    "another trust anchor": [{ body: { trustAnchorArn: `${anchor}x` } }, 404, "ResourceNotFoundException"],
    "another profile": [{ body: { profileArn: `${profile}x` } }, 404, "ResourceNotFoundException"],
    "a duration as text": [{ body: { durationSeconds: "900" } }, 400, "ValidationException"],
    "a duration that is too short": [{ body: { durationSeconds: 899 } }, 400, "ValidationException"],
    "an unknown member": [{ body: { sessionName: "x" } }, 400, "ValidationException"],
    "a signing time that is off": [{ date: "20270102T020405Z" }, 403, "AccessDeniedException"],
  };
  test.each(Object.entries(refused))("rolesAnywhere() refuses %s", (_, [wish, status, code]) => {
    expect(ask(wish)).toMatchObject({ status, code });
  });
});
