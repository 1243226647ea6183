import { describe, expect, test } from "bun:test";
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from "node:crypto";
import { readKeyFile } from "../../../../src/credentials/sources/rolesanywhere/private-key.ts";
import { fixture } from "./fixtures.ts";

const none = async (): Promise<string> => {
  throw new Error("no password is needed here");
};
const password = async () => "password";
const wrong = async () => "wrong";
const utf8 = (text: string) => new TextEncoder().encode(text);
const publicPem = (key: Parameters<typeof createPublicKey>[0]) =>
  createPublicKey(key).export({ type: "spki", format: "pem" });

describe("readKeyFile()", () => {
  const plain = ["rsa.pem", "rsa-pkcs1.pem", "ec.pem"];
  const encrypted = [
    "rsa-enc-aes128.pem",
    "rsa-enc-hmacWithSHA1.pem",
    "rsa-enc-hmacWithSHA256.pem",
    "rsa-enc-hmacWithSHA512.pem",
    "rsa-enc-scrypt.pem",
    "rsa-enc-pbe-3des.pem",
    "rsa-legacy-enc.pem",
    "ec-enc.pem",
  ];
  const publicOf = async (name: string) => {
    const { key } = await readKeyFile(await fixture(name), none);
    return publicPem(key);
  };

  test.each(plain)("readKeyFile() reads %s without a password", async (name) => {
    const { key, certificates } = await readKeyFile(await fixture(name), none);
    expect(key.asymmetricKeyType).toBe(name.startsWith("ec") ? "ec" : "rsa");
    expect(certificates).toEqual([]);
  });

  test.each(encrypted)("readKeyFile() opens %s with its password, and finds the same key", async (name) => {
    const { key } = await readKeyFile(await fixture(name), password);
    expect(publicPem(key)).toEqual(await publicOf(name.startsWith("ec") ? "ec.pem" : "rsa.pem"));
  });

  test.each(encrypted)("readKeyFile() refuses a wrong password for %s", async (name) => {
    await expect(readKeyFile(await fixture(name), wrong)).rejects.toMatchObject({
      name: "Failure",
      message: "its password is wrong",
    });
  });

  const ders: Readonly<Record<string, (key: KeyObject) => Buffer>> = {
    "PKCS#1": (key) => key.export({ type: "pkcs1", format: "der" }),
    "PKCS#8": (key) => key.export({ type: "pkcs8", format: "der" }),
    "encrypted PKCS#8": (key) =>
      key.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: "password" }),
  };
  test.each(Object.entries(ders))("readKeyFile() reads %s in DER", async (name, exported) => {
    const key = createPrivateKey(Buffer.from(await fixture("rsa.pem")));
    const ask = name.startsWith("encrypted") ? password : none;
    expect(publicPem((await readKeyFile(exported(key), ask)).key)).toEqual(await publicOf("rsa.pem"));
  });

  test("readKeyFile() reads an EC key in DER", async () => {
    const key = createPrivateKey(Buffer.from(await fixture("ec.pem")));
    for (const type of ["sec1", "pkcs8"] as const) {
      const read = await readKeyFile(key.export({ type, format: "der" }), none);
      expect(publicPem(read.key)).toEqual(await publicOf("ec.pem"));
    }
  });

  test("readKeyFile() finds no key in a certificate in DER, and asks for no password", async () => {
    const { raw } = new X509Certificate(await fixture("rsa-cert.pem"));
    await expect(readKeyFile(raw, none)).rejects.toThrow("it holds no private key");
  });

  test("readKeyFile() takes a key that decrypts to no key for a wrong password", async () => {
    // With this password the padding of the decrypted bytes fits by chance.
    const chance = async () => "wrong 150";
    await expect(readKeyFile(await fixture("rsa-enc-hmacWithSHA1.pem"), chance)).rejects.toThrow(
      "its password is wrong",
    );
  });

  test("readKeyFile() reads the key and the certificate of a PKCS#12 file without a password", async () => {
    const { key, certificates } = await readKeyFile(await fixture("rsa.p12"), none);
    expect(publicPem(key)).toEqual(await publicOf("rsa.pem"));
    expect(certificates).toHaveLength(1);
  });

  test("readKeyFile() takes the certificates beside a key in one PEM file", async () => {
    const bundle = utf8(
      Buffer.concat([
        await fixture("ec-cert.pem"),
        await fixture("ec.pem"),
        await fixture("rsa-cert.pem"),
      ]).toString(),
    );
    const { key, certificates } = await readKeyFile(bundle, none);
    expect(key.asymmetricKeyType).toBe("ec");
    expect(certificates).toHaveLength(2);
  });

  const ed25519 = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  const refused: Readonly<Record<string, readonly [text: string, message: string]>> = {
    "a file without a key": [
      "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n",
      "it holds no private key",
    ],
    "a key in a TPM": [
      "-----BEGIN TSS2 PRIVATE KEY-----\nAQID\n-----END TSS2 PRIVATE KEY-----\n",
      "a key in a TPM is not supported",
    ],
    "a damaged key": [
      "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n",
      "its key cannot be read: ",
    ],
    "a damaged encrypted key": [
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAMC\n-----END ENCRYPTED PRIVATE KEY-----\n",
      "its DER encoding is damaged",
    ],
    "a damaged key in DER": ["0\u0003\u0002\u0001\u0000", "its key cannot be read: "],
    "a key of another kind": [
      String(ed25519),
      "its key is of the kind ed25519; Roles Anywhere takes RSA and EC keys",
    ],
  };
  test.each(Object.entries(refused))("readKeyFile() refuses %s", async (_, [text, message]) => {
    await expect(readKeyFile(utf8(text), password)).rejects.toThrow(message);
  });
});
