import { describe, expect, test } from "bun:test";
import * as crypto from "node:crypto";
import { pemBlocks } from "../../../../src/credentials/sources/rolesanywhere/pem.ts";
import { openEncryptedKey } from "../../../../src/credentials/sources/rolesanywhere/pkcs8.ts";
import { fixture } from "./fixtures.ts";

const encryptedKey = async (name: string) =>
  pemBlocks(new TextDecoder().decode(await fixture(name)))[0]?.bytes ?? new Uint8Array();

/** The key with the first run of these bytes in the place of those. */
function replaced(bytes: Uint8Array, those: string, these: string): Uint8Array {
  const hex = Buffer.from(bytes).toString("hex");
  expect(hex).toContain(those);
  return new Uint8Array(Buffer.from(hex.replace(those, these), "hex"));
}

describe("openEncryptedKey()", () => {
  test.each(["rsa-enc-scrypt.pem", "rsa-enc-hmacWithSHA512.pem"])(
    "openEncryptedKey() opens %s",
    async (name) => {
      const key = openEncryptedKey(await encryptedKey(name), "password", crypto);
      expect(
        crypto.createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" }).asymmetricKeyType,
      ).toBe("rsa");
    },
  );

  const factors: Readonly<Record<string, string>> = {
    "r=127, which takes 266 MB": "0202400002017f",
    "N=16383, which is no power of two": "02023fff020108",
  };
  test.each(Object.entries(factors))("openEncryptedKey() refuses scrypt with %s", async (_, parameters) => {
    const key = replaced(await encryptedKey("rsa-enc-scrypt.pem"), "02024000020108", parameters);
    expect(() => openEncryptedKey(key, "password", crypto)).toThrow(/^scrypt with N=.* is not supported$/);
  });

  test("openEncryptedKey() names an encryption that it does not know, and the command that converts the key", async () => {
    const unknown = replaced(
      await encryptedKey("rsa-enc-hmacWithSHA512.pem"),
      "2a864886f70d020b",
      "2a864886f70d020c",
    );
    expect(() => openEncryptedKey(unknown, "password", crypto)).toThrow(
      expect.objectContaining({
        message: "the function 1.2.840.113549.2.12 of PBKDF2 is not supported",
        hints: [expect.stringContaining("openssl pkcs8 -topk8")],
      }),
    );
  });
});
