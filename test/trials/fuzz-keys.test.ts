/** Keys, certificates and PKCS#12 files, damaged: whatever a file holds is read or refused in plain words. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { signingCertificate } from "../../src/credentials/sources/rolesanywhere/certificate.ts";
import { pemBlocks } from "../../src/credentials/sources/rolesanywhere/pem.ts";
import { readKeyFile } from "../../src/credentials/sources/rolesanywhere/private-key.ts";
import { fixture } from "../credentials/sources/rolesanywhere/fixtures.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { below, type Chance, mutated, pick } from "./fuzz/mutate.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const der = async (name: string) => pemBlocks(text(await fixture(name)))[0]?.bytes ?? new Uint8Array();

/** What OpenSSL writes, of each form; scrypt is left out, because one password costs it half a second. */
const keyNames = [
  ...["rsa.pem", "rsa-pkcs1.pem", "ec.pem", "ec-enc.pem", "rsa-enc-aes128.pem", "rsa-legacy-enc.pem"],
  ...["rsa-enc-hmacWithSHA1.pem", "rsa-enc-hmacWithSHA512.pem"],
];
const keyTexts = (await Promise.all(keyNames.map(fixture))).map(text);
const pkcs12 = await fixture("rsa.p12");
const certificates = await Promise.all(["rsa-cert.pem", "ec-cert.pem"].map(der));
const now = Date.parse("2027-01-01T00:00:00Z");

/** One to four of the bytes changed, cut out or doubled; one in twenty stays as it is. */
function damaged(samples: readonly Uint8Array[], random: Chance): Uint8Array {
  const bytes = [...pick(samples, random)];
  if (random() < 0.05) return Uint8Array.from(bytes);
  for (let round = 1 + below(4, random); round > 0; round--) {
    // The lengths and tags that matter most stand at the beginning.
    const at = below(random() < 0.5 ? Math.min(64, bytes.length) : bytes.length, random);
    const byte = pick([0, 0x7f, 0x80, 0x84, 0xff, 0x30, below(256, random)], random);
    const [removed, added] = pick<[number, number[]]>(
      [
        [1, [byte]],
        [1, [byte]],
        [1, []],
        [0, [byte]],
        [below(bytes.length, random), []],
      ],
      random,
    );
    bytes.splice(at, removed, ...added);
  }
  return Uint8Array.from(bytes);
}

/** The key must be one that signs. */
async function readKey(bytes: Uint8Array): Promise<void> {
  const { key } = await readKeyFile(bytes, async () => "password");
  createPublicKey(key);
}

fuzz<Uint8Array>({
  name: "private keys",
  inputs: 400,
  readable: 3,
  make: (random) => new TextEncoder().encode(mutated(keyTexts, random)),
  read: readKey,
});

fuzz<Uint8Array>({
  name: "PKCS#12 files",
  inputs: 300,
  readable: 3,
  make: (random) => damaged([pkcs12], random),
  read: readKey,
});

const rsa = createPrivateKey(keyTexts[0] ?? "");
fuzz<Uint8Array>({
  name: "certificates",
  inputs: 1000,
  readable: 2,
  make: (random) => damaged(certificates, random),
  read: async (bytes) => signingCertificate(bytes, rsa, now),
});
