/** Checks the X.509 signature of a request to IAM Roles Anywhere, with code of the stand-in's own. */
import { verify, X509Certificate } from "node:crypto";
import { headerValue } from "../http/message.ts";
import type { Call } from "../service.ts";
import { canonicalRequest, type Scope, scopeText, sha256 } from "../sigv4/canonical.ts";
import { parseTimestamp } from "../sigv4/timestamp.ts";

const TOLERANCE = 15 * 60 * 1000;

export type X509Verdict =
  | {
      readonly certificate: X509Certificate;
      readonly intermediates: readonly X509Certificate[];
      readonly region: string;
    }
  | { readonly problem: string };

/** The certificate that signed the request; `now` in milliseconds since the epoch. */
export function verifyX509(call: Call, now: number): X509Verdict {
  const header = headerValue(call.headers, "authorization") ?? "";
  const parts =
    /^AWS4-X509-(RSA|ECDSA)-SHA256 Credential=(\d+)\/(\d{8})\/([a-z0-9-]+)\/rolesanywhere\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]+)$/.exec(
      header,
    );
  if (parts === null) return { problem: "the Authorization header is malformed" };
  const [, kind, serial = "", date = "", region = "", names = "", signature = ""] = parts;
  const certificate = readCertificate(headerValue(call.headers, "x-amz-x509") ?? "");
  if (certificate === undefined) return { problem: "X-Amz-X509 is no certificate" };
  if (BigInt(`0x${certificate.serialNumber}`).toString() !== serial)
    return { problem: "the serial number differs" };
  const keyKind = certificate.publicKey.asymmetricKeyType;
  if (keyKind !== (kind === "RSA" ? "rsa" : "ec")) return { problem: "the algorithm does not fit the key" };

  const timestamp = headerValue(call.headers, "x-amz-date") ?? "";
  const signedAt = parseTimestamp(timestamp);
  if (signedAt === undefined || Math.abs(signedAt - now) > TOLERANCE || !timestamp.startsWith(date))
    return { problem: "the signing time is off" };
  const signedHeaders = names.split(";");
  const sent = call.headers.map(([name]) => name.toLowerCase());
  const mandatory = ["host", "content-type", "x-amz-date", "x-amz-x509"];
  if (sent.includes("x-amz-x509-chain")) mandatory.push("x-amz-x509-chain");
  const unsigned = mandatory.find((name) => !signedHeaders.includes(name));
  if (unsigned !== undefined) return { problem: `${unsigned} is not signed` };

  const scope: Scope = { date, region, service: "rolesanywhere" };
  const canonical = canonicalRequest(call, signedHeaders);
  const text = [`AWS4-X509-${kind}-SHA256`, timestamp, scopeText(scope), sha256(canonical)].join("\n");
  if (!verify("sha256", Buffer.from(text), certificate.publicKey, Buffer.from(signature, "hex")))
    return { problem: "the signature does not verify" };
  const chain = headerValue(call.headers, "x-amz-x509-chain");
  const intermediates = chain === undefined ? [] : chain.split(",").map(readCertificate);
  const known = intermediates.filter((found) => found !== undefined);
  if (known.length !== intermediates.length) return { problem: "X-Amz-X509-Chain holds no certificate" };
  return { certificate, intermediates: known, region };
}

function readCertificate(base64: string): X509Certificate | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined;
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch {
    return undefined;
  }
}
