import { describe, expect, test } from "bun:test";
import { createPrivateKey } from "node:crypto";
import { signingCertificate } from "../../../../src/credentials/sources/rolesanywhere/certificate.ts";
import { pemBlocks } from "../../../../src/credentials/sources/rolesanywhere/pem.ts";
import { fixture } from "./fixtures.ts";

const text = async (name: string) => new TextDecoder().decode(await fixture(name));
const der = async (name: string) => pemBlocks(await text(name))[0]?.bytes ?? new Uint8Array();
const rsa = createPrivateKey(await text("rsa.pem"));
const ec = createPrivateKey(await text("ec.pem"));
const now = Date.parse("2027-01-01T00:00:00Z");

describe("signingCertificate()", () => {
  test("signingCertificate() gives the serial number in decimal, however long it is", async () => {
    const certificate = await signingCertificate(await der("rsa-cert.pem"), rsa, now);
    expect(certificate.serialNumber).toBe("124562745837719059303232313298209415765143613485");
    expect((await signingCertificate(await der("ec-cert.pem"), ec, now)).serialNumber).toBe("258");
  });

  test("signingCertificate() refuses a serial number below zero", async () => {
    const bytes = Buffer.from(await der("ec-cert.pem"));
    bytes[bytes.indexOf(Buffer.from([2, 2, 1, 2])) + 2] = 0x81;
    await expect(signingCertificate(bytes, ec, now)).rejects.toThrow(
      "its certificate has a serial number that is not positive",
    );
  });

  test("signingCertificate() refuses a key that does not belong to it", async () => {
    await expect(signingCertificate(await der("rsa-cert.pem"), ec, now)).rejects.toThrow(
      "the private key does not belong to it",
    );
  });

  test("signingCertificate() refuses a certificate that has expired or is not yet valid", async () => {
    const certificate = await der("rsa-cert.pem");
    await expect(signingCertificate(certificate, rsa, Date.parse("2037-01-01T00:00:00Z"))).rejects.toThrow(
      "its certificate expired at 2036-11-25T22:21:20Z",
    );
    await expect(signingCertificate(certificate, rsa, Date.parse("2026-01-01T00:00:00Z"))).rejects.toThrow(
      "its certificate is valid only from 2026-11-28T22:21:20Z",
    );
  });

  test("signingCertificate() refuses what is no certificate", async () => {
    await expect(signingCertificate(new Uint8Array([0x30, 0x00]), rsa, now)).rejects.toThrow(
      "its certificate cannot be read: ",
    );
  });
});
