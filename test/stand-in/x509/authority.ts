import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import { certificatePem } from "./certificate.ts";

/** Ways in which a certificate can be wrong, for trying that a client refuses it. */
export type CertificateFlaw = "other-authority" | "other-host" | "expired";

/** A certificate authority that exists as long as the process. */
export interface Authority {
  readonly pem: string;
  /** The SHA-256, in base64, of the public key that all servers have: what browsers take as a pin. */
  readonly serverKeyPin: string;
  /** What a TLS server needs to be `host`; its certificate is made at the first call for it. */
  serverContext(host: string, flaw?: CertificateFlaw): SecureContext;
}

const DAY = 24 * 60 * 60 * 1000;

/** `now` is the clock that clients check certificates by, in milliseconds since the epoch. */
export function createAuthority(now: number): Authority {
  const authorityName = "AWS stand-in authority";
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // One key serves all hosts: making it is the dear part.
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serverKey = server.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const made = new Map<string, SecureContext>();

  const make = (host: string, flaw: CertificateFlaw | undefined): SecureContext => {
    const issuer = flaw === "other-authority" ? other : own;
    const age = flaw === "expired" ? 30 * DAY : 0;
    const cert = certificatePem({
      subject: "AWS stand-in",
      issuer: authorityName,
      subjectKey: server.publicKey,
      issuerKey: issuer.publicKey,
      signingKey: issuer.privateKey,
      serial: serialNumber(),
      notBefore: now - DAY - age,
      notAfter: now + 20 * DAY - age,
      host: flaw === "other-host" ? `other.${host}` : host,
    });
    return createSecureContext({ cert, key: serverKey });
  };

  const publicKey = server.publicKey.export({ type: "spki", format: "der" });

  return {
    serverKeyPin: createHash("sha256").update(publicKey).digest("base64"),
    pem: certificatePem({
      subject: authorityName,
      issuer: authorityName,
      subjectKey: own.publicKey,
      issuerKey: own.publicKey,
      signingKey: own.privateKey,
      serial: serialNumber(),
      notBefore: now - DAY,
      notAfter: now + 20 * DAY,
    }),
    serverContext(host, flaw) {
      const name = `${flaw ?? "good"} ${host}`;
      const context = made.get(name) ?? make(host, flaw);
      made.set(name, context);
      return context;
    },
  };
}

/** Random and positive; the first byte is never zero, as DER wants the shortest form. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}
