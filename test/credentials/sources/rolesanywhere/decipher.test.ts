import { expect, test } from "bun:test";
import * as crypto from "node:crypto";
import { decrypt } from "../../../../src/credentials/sources/rolesanywhere/decipher.ts";
import { failureOf } from "../../../support/failure.ts";

const key = new Uint8Array(16);
const initialVector = new Uint8Array(16);
const cipher = crypto.createCipheriv("aes-128-cbc", key, initialVector);
const data = Buffer.concat([cipher.update("made-up"), cipher.final()]);

test("decrypt() gives what was encrypted", () => {
  expect(new TextDecoder().decode(decrypt(crypto, "aes-128-cbc", key, initialVector, data))).toBe("made-up");
});

test("decrypt() takes a padding that does not fit for a wrong password", async () => {
  const wrong = Uint8Array.of(...key.slice(1), 1);
  const { message, hints } = await failureOf(async () =>
    decrypt(crypto, "aes-128-cbc", wrong, initialVector, data),
  );
  expect([message, hints]).toEqual([
    "its password is wrong",
    ["give the right one with --private-key-password-file FILE, or type it when asked"],
  ]);
});

test("decrypt() names a cipher that the runtime does not have, and the command that converts the key", async () => {
  const { message, hints } = await failureOf(async () =>
    decrypt(crypto, "made-up-cbc", key, initialVector, data),
  );
  expect(message).toBe("the cipher made-up-cbc is not supported");
  expect(hints).toEqual([expect.stringContaining("openssl pkcs8 -topk8")]);
});
