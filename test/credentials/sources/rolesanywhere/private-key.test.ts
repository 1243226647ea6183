import { describe, expect, test } from "bun:test";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
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
    "a key of another kind": [
      String(ed25519),
      "its key is of the kind ed25519; Roles Anywhere takes RSA and EC keys",
    ],
  };
  test.each(Object.entries(refused))("readKeyFile() refuses %s", async (_, [text, message]) => {
    await expect(readKeyFile(utf8(text), password)).rejects.toThrow(message);
  });
});
