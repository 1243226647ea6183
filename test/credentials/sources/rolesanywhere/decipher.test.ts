import { expect, test } from "bun:test";
import * as crypto from "node:crypto";
import { checkedIterations, decrypt } from "../../../../src/credentials/sources/rolesanywhere/decipher.ts";
import { readDer } from "../../../../src/lib/der.ts";
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

test("checkedIterations() refuses none, and more than any tool writes", () => {
  const integer = (...bytes: number[]) => readDer(Uint8Array.of(2, bytes.length, ...bytes));
  expect(checkedIterations(integer(8, 0), "PBKDF2")).toBe(2048);
  for (const wrong of [integer(0), integer(1, 0, 0, 0, 0)])
    expect(() => checkedIterations(wrong, "PBKDF2")).toThrow(/^PBKDF2 with \d+ iterations is not supported$/);
});
