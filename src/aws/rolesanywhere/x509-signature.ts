/**
 * The signature of IAM Roles Anywhere: the canonical request of Signature Version 4, signed with a certificate's private
 * key: https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 */
import type { KeyObject } from "node:crypto";
import type { Header } from "../sigv4/canonical-request.ts";
import {
  amzDate,
  canonicalRequest,
  credentialScope,
  payloadHash,
  type UnsignedRequest,
} from "../sigv4/sigv4.ts";

/** What signs: a certificate, the certificates that issued it, and its private key. */
export interface X509Signer {
  /** X.509 DER. */
  readonly certificate: Uint8Array;
  /** X.509 DER, from the issuer of the certificate upwards, without the trust anchor. */
  readonly intermediates: readonly Uint8Array[];
  /** In decimal. */
  readonly serialNumber: string;
  readonly key: KeyObject;
}

export interface X509SigningContext {
  readonly region: string;
  /** The signing time, in milliseconds since the epoch. */
  readonly milliseconds: number;
}

/** Stage 2. There is no derived key, so that the algorithm names the kind of the key. */
function x509StringToSign(algorithm: string, date: string, scope: string, canonical: string): string {
  return `${algorithm}\n${date}\n${scope}\n${payloadHash(canonical)}`;
}

/** `AWS4-X509-RSA-SHA256` or `AWS4-X509-ECDSA-SHA256`; SHA-256 for every curve. */
function x509Algorithm(key: Pick<KeyObject, "asymmetricKeyType">): string {
  return key.asymmetricKeyType === "rsa" ? "AWS4-X509-RSA-SHA256" : "AWS4-X509-ECDSA-SHA256";
}

/**
 * All stages: the headers to send. RSA signs with PKCS#1 version 1.5, ECDSA in DER; the signature is lower-case hex.
 * `host` is signed but left to `fetch`, which takes it from the same URL.
 */
export async function x509SignedHeaders(
  request: UnsignedRequest,
  signer: X509Signer,
  { region, milliseconds }: X509SigningContext,
): Promise<Record<string, string>> {
  const { sign } = await import("node:crypto");
  const url = new URL(request.url);
  const date = amzDate(milliseconds);
  const sent: readonly Header[] = [
    ...request.headers,
    ["x-amz-date", date],
    ["x-amz-x509", base64(signer.certificate)],
    ...chainHeaders(signer),
  ];
  const { text, signedHeaders } = canonicalRequest({
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: [...sent, ["host", url.host]],
    body: request.body,
  });
  const algorithm = x509Algorithm(signer.key);
  const scope = credentialScope(date, region, "rolesanywhere");
  const toSign = x509StringToSign(algorithm, date, scope, text);
  const signature = sign("sha256", Buffer.from(toSign), signer.key).toString("hex");
  return {
    ...Object.fromEntries(sent),
    Authorization: `${algorithm} Credential=${signer.serialNumber}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}

function chainHeaders({ intermediates }: X509Signer): readonly Header[] {
  return intermediates.length === 0 ? [] : [["x-amz-x509-chain", intermediates.map(base64).join(",")]];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
