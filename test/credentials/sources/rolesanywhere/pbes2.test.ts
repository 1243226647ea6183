import { describe, expect, test } from "bun:test";
import * as crypto from "node:crypto";
import { decryptPbes2 } from "../../../../src/credentials/sources/rolesanywhere/pbes2.ts";
import { pemBlocks } from "../../../../src/credentials/sources/rolesanywhere/pem.ts";
import { derChildren, derContent, derObjectIdentifier, derTags, readDer } from "../../../../src/lib/der.ts";
import { fixture } from "./fixtures.ts";

/** The bytes of an encrypted key, where `those` is replaced by `these`, decrypted. */
async function decrypted(name: string, those = "", these = ""): Promise<Uint8Array> {
  const [block] = pemBlocks(new TextDecoder().decode(await fixture(name)));
  const hex = Buffer.from(block?.bytes ?? []).toString("hex");
  expect(hex).toContain(those);
  const [algorithm, data] = derChildren(readDer(Buffer.from(hex.replace(those, these), "hex")));
  const [scheme, parameters] = derChildren(algorithm);
  const bytes = derContent(data, derTags.octetString);
  return decryptPbes2(derObjectIdentifier(scheme), parameters, bytes, "password", crypto);
}

describe("decryptPbes2()", () => {
  test.each(["rsa-enc-scrypt.pem", "rsa-enc-hmacWithSHA1.pem", "rsa-enc-hmacWithSHA512.pem"])(
    "decryptPbes2() decrypts %s",
    async (name) => {
      const key = Buffer.from(await decrypted(name));
      expect(crypto.createPrivateKey({ key, format: "der", type: "pkcs8" }).asymmetricKeyType).toBe("rsa");
    },
  );

  const factors: Readonly<Record<string, string>> = {
    "r=127, which takes 266 MB": "0202400002017f",
    "N=16383, which is not a power of two": "02023fff020108",
  };
  test.each(Object.entries(factors))("decryptPbes2() refuses scrypt with %s", async (_, parameters) => {
    await expect(decrypted("rsa-enc-scrypt.pem", "02024000020108", parameters)).rejects.toThrow(
      /^scrypt with N=.* is not supported$/,
    );
  });

  const unknown: Readonly<Record<string, readonly [those: string, these: string, what: string]>> = {
    "another scheme": [
      "06092a864886f70d01050d",
      "06092a864886f70d01050e",
      "the encryption scheme 1.2.840.113549.1.5.14",
    ],
    "another derivation": [
      "06092a864886f70d01050c",
      "06092a864886f70d01050b",
      "the key derivation 1.2.840.113549.1.5.11",
    ],
    "another function": [
      "2a864886f70d020b",
      "2a864886f70d020c",
      "the function 1.2.840.113549.2.12 of PBKDF2",
    ],
    "another cipher": ["608648016503040", "608648016503041", "the cipher 2.16.840.1.101.3.4.17.42"],
  };
  test.each(Object.entries(unknown))("decryptPbes2() names %s", async (_, [those, these, what]) => {
    await expect(decrypted("rsa-enc-hmacWithSHA512.pem", those, these)).rejects.toThrow(what);
  });
});
