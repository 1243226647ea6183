import { describe, expect, test } from "bun:test";
import * as crypto from "node:crypto";
import {
  bmpString,
  derivePkcs12,
  isPkcs12Scheme,
} from "../../../../src/credentials/sources/rolesanywhere/pkcs12-encryption.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("bmpString() is UTF-16 in big-endian order, with a final zero", () => {
  expect(hex(bmpString("smeg"))).toBe("0073006d006500670000");
  expect(hex(bmpString("\u{1f511}"))).toBe("d83ddd110000");
});

describe("derivePkcs12()", () => {
  // The vectors of OpenSSL's test/recipes/30-test_evp_data/evpkdf_pkcs12.txt.
  const derivation = {
    password: bmpString("smeg"),
    salt: Uint8Array.from(Buffer.from("0a58cf64530d823f", "hex")),
    iterations: 1,
    digest: "sha1",
    blockLength: 64,
  };
  test.each([
    [1, 24, "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3"],
    [2, 8, "79993dfe048d3b76"],
  ])("derivePkcs12() gives the published bytes for purpose %d", (purpose, length, expected) => {
    expect(hex(derivePkcs12({ ...derivation, purpose, length }, crypto))).toBe(expected);
  });
});

test("isPkcs12Scheme() knows triple DES and RC2 with SHA-1, and no object's own names", () => {
  const names = [
    "1.2.840.113549.1.12.1.3",
    "1.2.840.113549.1.12.1.6",
    "1.2.840.113549.1.5.13",
    "constructor",
  ];
  expect(names.map(isPkcs12Scheme)).toEqual([true, true, false, false]);
});
