/** The end-entity certificate of a Roles Anywhere session, checked before anything is sent. */
import type { KeyObject, X509Certificate } from "node:crypto";
import { derChildren, derSmallInteger, derTags, readDer } from "../../../lib/der.ts";
import { Failure, reasonOf } from "../../../lib/errors.ts";
import { formatIsoTime } from "../../../lib/iso-time.ts";

export interface SigningCertificate {
  /** X.509 DER. */
  readonly der: Uint8Array;
  /** The serial number in decimal, of any length. */
  readonly serialNumber: string;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

/**
 * The certificate, when it belongs to the key and is valid at `now` (milliseconds). Throws a Failure otherwise: Roles
 * Anywhere answers each of these mistakes with the same 403.
 */
export async function signingCertificate(
  der: Uint8Array,
  key: KeyObject,
  now: number,
): Promise<SigningCertificate> {
  const { X509Certificate } = await import("node:crypto");
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch (error) {
    throw new Failure("failed", `its certificate cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  if (versionOf(der) !== 3) throw new Failure("failed", "its certificate is not of X.509 version 3");
  if (!certificate.checkPrivateKey(key)) {
    throw new Failure("failed", "the private key does not belong to it", {
      hints: ["name the key that the certificate was issued for with --private-key"],
    });
  }
  const [notBefore, notAfter] = [certificate.validFrom, certificate.validTo].map((text) => Date.parse(text));
  if (notBefore === undefined || notAfter === undefined || Number.isNaN(notBefore) || Number.isNaN(notAfter))
    throw new Failure("failed", "its certificate has no readable period of validity");
  if (now >= notAfter) {
    throw new Failure("failed", `its certificate expired at ${formatIsoTime(notAfter)}`, {
      hints: ["renew the certificate, or check this machine's clock"],
    });
  }
  if (now < notBefore) {
    throw new Failure("failed", `its certificate is valid only from ${formatIsoTime(notBefore)}`, {
      hints: ["check this machine's clock"],
    });
  }
  // A number below zero, which RFC 5280 (section 4.1.2.2) forbids, has a sign.
  if (!/^[0-9A-F]+$/i.test(certificate.serialNumber))
    throw new Failure("failed", "its certificate has a serial number that is not positive");
  return { der, serialNumber: BigInt(`0x${certificate.serialNumber}`).toString(), notAfter };
}

/** The version field of TBSCertificate (RFC 5280 section 4.1.2.1): absent means 1. */
function versionOf(der: Uint8Array): number {
  const [tbsCertificate] = derChildren(readDer(der), derTags.sequence);
  const [first] = derChildren(tbsCertificate, derTags.sequence);
  if (first?.tag !== derTags.context(0)) return 1;
  return derSmallInteger(derChildren(first)[0]) + 1;
}
