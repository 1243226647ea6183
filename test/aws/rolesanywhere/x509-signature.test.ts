import { describe, expect, test } from "bun:test";
import { createPrivateKey, verify, X509Certificate } from "node:crypto";
import { join } from "node:path";
import { type X509Signer, x509SignedHeaders } from "../../../src/aws/rolesanywhere/x509-signature.ts";
import { root } from "../../support/source-tree.ts";

/** Requests with their signatures: the ones of RSA are deterministic, the ones of ECDSA are verified. */
interface Vector {
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stringToSign: string;
  readonly authorization: string;
}

const folder = join(root, "test/fixtures/rolesanywhere");
const vectors: Readonly<Record<string, Vector>> = await Bun.file(join(folder, "rolesanywhere.json")).json();
const keys = {
  rsa: createPrivateKey(await Bun.file(join(folder, "rsa.pem")).text()),
  ec: createPrivateKey(await Bun.file(join(folder, "ec.pem")).text()),
};
const at = Date.parse("2026-01-02T03:04:05Z");

/** The vector, and the headers that `x509SignedHeaders()` makes for its request. */
async function signed(name: "rsaQuery" | "rsaBody" | "ecChain") {
  const vector = vectors[name];
  if (vector === undefined) throw new Error(`there is no vector ${name}`);
  const { path, query, body, headers } = vector;
  const decoded = (value = "") => value.split(",").map((text) => new Uint8Array(Buffer.from(text, "base64")));
  const chain = headers["x-amz-x509-chain"];
  const [certificate = new Uint8Array()] = decoded(headers["x-amz-x509"]);
  const signer: X509Signer = {
    certificate,
    intermediates: chain === undefined ? [] : decoded(chain),
    serialNumber: BigInt(`0x${new X509Certificate(certificate).serialNumber}`).toString(),
    key: name === "ecChain" ? keys.ec : keys.rsa,
  };
  const url = `https://${headers.host}${path}${query === "" ? "" : `?${query}`}`;
  const request = {
    method: "POST",
    url,
    headers: [["content-type", headers["content-type"] ?? ""] as const],
    body,
  };
  return {
    vector,
    certificate,
    headers: await x509SignedHeaders(request, signer, { region: "us-east-1", milliseconds: at }),
  };
}

describe("x509SignedHeaders()", () => {
  test.each(["rsaQuery", "rsaBody"] as const)("x509SignedHeaders() signs %s as published", async (name) => {
    const { vector, headers } = await signed(name);
    const { host: _, ...sent } = vector.headers;
    expect(headers).toEqual({ ...sent, Authorization: vector.authorization });
  });

  test("x509SignedHeaders() signs with ECDSA, sends the chain, and the certificate verifies the signature", async () => {
    const { vector, certificate, headers } = await signed("ecChain");
    expect(headers["x-amz-x509-chain"]).toBe(vector.headers["x-amz-x509-chain"] ?? "");
    const [authorization = "", signature = ""] = (headers.Authorization ?? "").split("Signature=");
    expect(`${authorization}Signature=`).toBe(vector.authorization.replace(/[0-9a-f]+$/, ""));
    const { publicKey } = new X509Certificate(certificate);
    const bytes = Buffer.from(signature, "hex");
    expect(verify("sha256", Buffer.from(vector.stringToSign), publicKey, bytes)).toBe(true);
    expect(verify("sha256", Buffer.from(`${vector.stringToSign}.`), publicKey, bytes)).toBe(false);
  });
});
