/** A certificate authority as a company has one, which IAM Roles Anywhere trusts, and a server's certificate of it. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import type { TrustAnchorPlan } from "../../stand-in/world/outside-plan.ts";
import type { WorldPlan } from "../../stand-in/world/plan.ts";
import { certificatePem } from "../../stand-in/x509/certificate.ts";

const day = 24 * 60 * 60 * 1000;
const passwordCipher = "aes-256-cbc";

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
export const ecKeys = (): KeyPair => generateKeyPairSync("ec", { namedCurve: "P-256" });
export const rsaKeys = (): KeyPair => generateKeyPairSync("rsa", { modulusLength: 2048 });

export interface Issuer {
  readonly name: string;
  readonly keys: KeyPair;
  readonly pem: string;
}

interface Wish {
  readonly subject: string;
  readonly keys: KeyPair;
  readonly serial?: number;
  /** It ended that many days ago. */
  readonly endedDaysAgo?: number;
}

const root = ecKeys();
/** The trust anchor's own certificate. */
export const authority: Issuer = {
  name: "Made-up Root",
  keys: root,
  pem: issue({ subject: "Made-up Root", keys: root }, { name: "Made-up Root", keys: root }, "authority"),
};

/** An authority that another one vouches for. */
export function issuingAuthority(name: string, above: Issuer): Issuer {
  const keys = ecKeys();
  return { name, keys, pem: issue({ subject: name, keys }, above, "authority") };
}

/** The certificate of a server. */
export function serverCertificate(wish: Wish, issuer: Pick<Issuer, "name" | "keys"> = authority): string {
  return issue(wish, issuer, "server");
}

function issue(
  { subject, keys, serial = 0x0102, endedDaysAgo }: Wish,
  issuer: Pick<Issuer, "name" | "keys">,
  kind: "authority" | "server",
): string {
  const notAfter = endedDaysAgo === undefined ? Date.now() + 30 * day : Date.now() - endedDaysAgo * day;
  return certificatePem({
    subject,
    issuer: issuer.name,
    subjectKey: keys.publicKey,
    issuerKey: createPublicKey(issuer.keys.privateKey),
    signingKey: issuer.keys.privateKey,
    serial: Uint8Array.of(serial >> 8, serial & 0xff),
    notBefore: notAfter - 60 * day,
    notAfter,
    ...(kind === "server" ? { host: "server.example" } : {}),
  });
}

/** PKCS#8 in PEM, encrypted where a password is given. */
export function keyPem({ privateKey }: KeyPair, password?: string): string {
  const form = { type: "pkcs8", format: "pem" } as const;
  const encryption = password === undefined ? {} : { cipher: passwordCipher, passphrase: password };
  return privateKey.export({ ...form, ...encryption }).toString();
}

export const trustAnchor: TrustAnchorPlan = {
  arn: "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/made-up",
  profileArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:profile/made-up",
  certificatePem: authority.pem,
  roles: [SAMPLE_ROLES.ring, SAMPLE_ROLES.jump],
};

/** The sample world, in which Roles Anywhere trusts the authority. */
export const outsideWorld: WorldPlan = { ...SAMPLE_WORLD, trustAnchors: [trustAnchor] };

/** The options but those of the files. */
export const outsideArns = [
  `--trust-anchor-arn=${trustAnchor.arn}`,
  `--profile-arn=${trustAnchor.profileArn}`,
  `--role-arn=${SAMPLE_ROLES.ring}`,
] as const;
