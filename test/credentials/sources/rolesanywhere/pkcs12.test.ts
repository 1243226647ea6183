import { describe, expect, test } from "bun:test";
import * as crypto from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPkcs12 } from "../../../../src/credentials/sources/rolesanywhere/pkcs12.ts";
import { root } from "../../../support/source-tree.ts";
import { fixture } from "./fixtures.ts";

const openssl = Bun.which("openssl");
const fixtures = join(root, "test/fixtures/rolesanywhere");

/** A PKCS#12 file of the RSA key, as OpenSSL writes it with these options. */
async function exported(...options: readonly string[]): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-p12-"));
  try {
    const out = join(folder, "out.p12");
    const files = ["-inkey", join(fixtures, "rsa.pem"), "-in", join(fixtures, "rsa-cert.pem"), "-out", out];
    const child = Bun.spawnSync([openssl ?? "openssl", "pkcs12", "-export", ...files, ...options], {
      timeout: 20_000,
    });
    if (child.exitCode !== 0) throw new Error(child.stderr.toString());
    return await Bun.file(out).bytes();
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("openPkcs12()", () => {
  test("openPkcs12() reads one key and one certificate", async () => {
    const content = openPkcs12(await fixture("rsa.p12"), "", crypto);
    expect(content?.keys).toHaveLength(1);
    expect(content?.certificates).toHaveLength(1);
  });

  test("openPkcs12() gives undefined for another password", async () => {
    expect(openPkcs12(await fixture("rsa.p12"), "wrong", crypto)).toBeUndefined();
  });

  test("openPkcs12() refuses a damaged file", async () => {
    const bytes = (await fixture("rsa.p12")).slice(0, -1);
    expect(() => openPkcs12(bytes, "", crypto)).toThrow("its DER encoding is damaged");
  });

  const forms: Readonly<Record<string, readonly string[]>> = {
    "AES with SHA-512": ["-macalg", "sha512", "-passout", "pass:päss wörd"],
    "triple DES and SHA-1": [
      "-keypbe",
      "PBE-SHA1-3DES",
      "-certpbe",
      "PBE-SHA1-3DES",
      "-macalg",
      "sha1",
      "-passout",
      "pass:päss wörd",
    ],
    "certificates in the clear": ["-certpbe", "NONE", "-passout", "pass:päss wörd"],
  };
  for (const [name, options] of Object.entries(forms)) {
    test.skipIf(openssl === null)(
      `openPkcs12() opens ${name} with a password beyond ASCII (needs openssl)`,
      async () => {
        const file = await exported(...options);
        const expected = openPkcs12(await fixture("rsa.p12"), "", crypto);
        expect(openPkcs12(file, "päss wörd", crypto)).toEqual(expected);
        expect(openPkcs12(file, "pass", crypto)).toBeUndefined();
      },
    );
  }

  test.skipIf(openssl === null)(
    "openPkcs12() wants the password of a file that has no integrity check (needs openssl)",
    async () => {
      const expected = openPkcs12(await fixture("rsa.p12"), "", crypto);
      const file = await exported("-nomac", "-passout", "pass:password");
      expect(openPkcs12(file, "", crypto)).toBeUndefined();
      expect(openPkcs12(file, "password", crypto)).toEqual(expected);
      const plain = ["-nomac", "-keypbe", "NONE", "-certpbe", "NONE", "-passout", "pass:"];
      expect(openPkcs12(await exported(...plain), "", crypto)).toEqual(expected);
    },
  );
});
