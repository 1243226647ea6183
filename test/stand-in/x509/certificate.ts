import { createHash, type KeyObject, sign } from "node:crypto";
import {
  bitString,
  boolean,
  explicitTag,
  implicitTag,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
} from "./der.ts";

export interface CertificateRequest {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectKey: KeyObject;
  readonly issuerKey: KeyObject;
  /** The issuer's private key. */
  readonly signingKey: KeyObject;
  readonly serial: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** The host name a server certificate is for; absent in an authority's own certificate. */
  readonly host?: string;
}

const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));

/** An X.509 version 3 certificate (RFC 5280) in PEM, signed with ECDSA and SHA-256. */
export function certificatePem(request: CertificateRequest): string {
  const body = sequence(
    explicitTag(0, integer(Uint8Array.of(2))),
    integer(request.serial),
    ECDSA_WITH_SHA256,
    commonName(request.issuer),
    sequence(utcTime(request.notBefore), utcTime(request.notAfter)),
    commonName(request.subject),
    publicKeyInfo(request.subjectKey),
    explicitTag(3, sequence(...extensions(request))),
  );
  const signature = sign("sha256", body, request.signingKey);
  const der = Buffer.from(sequence(body, ECDSA_WITH_SHA256, bitString(signature)));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extensions(request: CertificateRequest): Uint8Array[] {
  const isAuthority = request.host === undefined;
  // Bits from the left: digitalSignature is 0, keyCertSign 5, cRLSign 6.
  const keyUsage = isAuthority ? bitString(Uint8Array.of(0x06), 1) : bitString(Uint8Array.of(0x80), 7);
  const common = [
    extension("2.5.29.19", true, isAuthority ? sequence(boolean(true)) : sequence()),
    extension("2.5.29.15", true, keyUsage),
    extension("2.5.29.14", false, octetString(keyIdentifier(request.subjectKey))),
    extension("2.5.29.35", false, sequence(implicitTag(0, keyIdentifier(request.issuerKey)))),
  ];
  if (request.host === undefined) return common;
  const serverAuthentication = sequence(objectIdentifier("1.3.6.1.5.5.7.3.1"));
  return [
    ...common,
    extension("2.5.29.37", false, serverAuthentication),
    extension("2.5.29.17", false, sequence(implicitTag(2, Buffer.from(request.host)))),
  ];
}

function extension(identifier: string, critical: boolean, value: Uint8Array): Uint8Array {
  const flag = critical ? [boolean(true)] : [];
  return sequence(objectIdentifier(identifier), ...flag, octetString(value));
}

function commonName(text: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier("2.5.4.3"), utf8String(text))));
}

function publicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: "spki", format: "der" });
}

function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash("sha1").update(publicKeyInfo(key)).digest();
}
