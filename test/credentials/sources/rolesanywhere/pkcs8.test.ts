import { describe, expect, test } from "bun:test";
import * as crypto from "node:crypto";
import { pemBlocks } from "../../../../src/credentials/sources/rolesanywhere/pem.ts";
import { openEncryptedKey } from "../../../../src/credentials/sources/rolesanywhere/pkcs8.ts";
import { fixture } from "./fixtures.ts";

const encryptedKey = async (name: string) =>
  pemBlocks(new TextDecoder().decode(await fixture(name)))[0]?.bytes ?? new Uint8Array();

describe("openEncryptedKey()", () => {
  test.each(["rsa-enc-scrypt.pem", "rsa-enc-hmacWithSHA512.pem", "rsa-enc-pbe-3des.pem"])(
    "openEncryptedKey() opens %s",
    async (name) => {
      const key = openEncryptedKey(await encryptedKey(name), "password", crypto);
      expect(
        crypto.createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" }).asymmetricKeyType,
      ).toBe("rsa");
    },
  );

  test("openEncryptedKey() refuses bytes that are not an encrypted key", () => {
    expect(() => openEncryptedKey(Uint8Array.of(0x30, 0), "password", crypto)).toThrow(
      "its DER encoding is damaged",
    );
  });
});
