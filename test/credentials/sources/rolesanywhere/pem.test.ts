import { expect, test } from "bun:test";
import { pemBlocks } from "../../../../src/credentials/sources/rolesanywhere/pem.ts";

const certificate = "-----BEGIN CERTIFICATE-----\nAQID\nBA==\n-----END CERTIFICATE-----\n";
const encrypted =
  "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,07C4\n\nBQYH\n-----END RSA PRIVATE KEY-----\n";

test("pemBlocks() gives the blocks of a bundle in order, with CRLF too, and skips the text between them", () => {
  const text = `subject=CN = made-up\n${certificate}\n# comment\n${encrypted}`;
  for (const bundle of [text, text.replaceAll("\n", "\r\n")]) {
    const [first, second, ...more] = pemBlocks(bundle);
    expect(first).toMatchObject({ label: "CERTIFICATE", encrypted: false });
    expect(first?.bytes).toEqual(new Uint8Array([1, 2, 3, 4]));
    expect(second).toMatchObject({ label: "RSA PRIVATE KEY", encrypted: true });
    expect(second?.bytes).toEqual(new Uint8Array([5, 6, 7]));
    expect(more).toEqual([]);
  }
});

test("pemBlocks() skips a block that does not end", () => {
  expect(pemBlocks("-----BEGIN CERTIFICATE-----\nAQID\n")).toEqual([]);
});
