import { expect, test } from "bun:test";
import * as crypto from "node:crypto";
import {
  decryptWithPassword,
  typedPassword,
} from "../../../../src/credentials/sources/rolesanywhere/password-encryption.ts";
import { pemBlocks } from "../../../../src/credentials/sources/rolesanywhere/pem.ts";
import { derChildren, derContent, derTags, readDer } from "../../../../src/lib/der.ts";
import { fixture } from "./fixtures.ts";

test.each(["rsa-enc-pbe-3des.pem", "rsa-enc-aes128.pem"])(
  "decryptWithPassword() decrypts the scheme of %s",
  async (name) => {
    const [block] = pemBlocks(new TextDecoder().decode(await fixture(name)));
    const [algorithm, data] = derChildren(readDer(block?.bytes ?? new Uint8Array()));
    const bytes = derContent(data, derTags.octetString);
    const key = Buffer.from(decryptWithPassword(algorithm, bytes, typedPassword("password"), crypto));
    expect(crypto.createPrivateKey({ key, format: "der", type: "pkcs8" }).asymmetricKeyType).toBe("rsa");
  },
);

test("typedPassword() has the text, and its bytes for PKCS#12", () => {
  expect(typedPassword("a")).toEqual({ text: "a", bytes: Uint8Array.of(0, 0x61, 0, 0) });
});
