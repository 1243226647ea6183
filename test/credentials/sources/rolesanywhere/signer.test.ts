import { describe, expect, test } from "bun:test";
import {
  askPasswordAhead,
  readSigner,
  type SignerFiles,
  signerPaths,
} from "../../../../src/credentials/sources/rolesanywhere/signer.ts";
import { failureOf } from "../../../support/failure.ts";
import { keySystem } from "./key-files.ts";

const files: SignerFiles = { certificateFile: "/keys/rsa-cert.pem", privateKeyFile: "/keys/rsa.pem" };
const encrypted: SignerFiles = { ...files, privateKeyFile: "/keys/rsa-enc-scrypt.pem" };
const pem = async (name: string) => {
  const { fixture } = await import("./fixtures.ts");
  return new TextDecoder().decode(await fixture(name));
};
const serialNumber = "124562745837719059303232313298209415765143613485";

describe("readSigner()", () => {
  test("readSigner() reads certificate and key, each from its file", async () => {
    const signer = await readSigner(files, { system: keySystem() });
    expect(signer).toMatchObject({ serialNumber, intermediates: [] });
    expect(signer.key.asymmetricKeyType).toBe("rsa");
  });

  test("readSigner() reads both from one file, and the certificates that follow as the chain", async () => {
    const one = `${await pem("rsa.pem")}${await pem("rsa-cert.pem")}${await pem("ec-cert.pem")}`;
    const system = keySystem({}, { "/home/me/one.pem": one });
    const signer = await readSigner(
      { certificateFile: "~/one.pem", privateKeyFile: "~/one.pem" },
      { system },
    );
    expect(signer.serialNumber).toBe(serialNumber);
    expect(signer.intermediates).toHaveLength(1);
  });

  test("readSigner() reads a PKCS#12 file without a password", async () => {
    const one = { certificateFile: "/keys/rsa.p12", privateKeyFile: "/keys/rsa.p12" };
    expect((await readSigner(one, { system: keySystem() })).serialNumber).toBe(serialNumber);
  });

  test("readSigner() adds the certificates of the intermediates file, in PEM or as one in DER", async () => {
    const with2 = { ...files, intermediatesFile: "/chain.pem" };
    const chain = `${await pem("ec-cert.pem")}${await pem("rsa-cert.pem")}`;
    const signer = await readSigner(with2, { system: keySystem({}, { "/chain.pem": chain }) });
    expect(signer.intermediates).toHaveLength(2);
  });

  test("readSigner() takes the password of a file without its line end, and prompts for none", async () => {
    const withFile = { ...encrypted, passwordFile: "~/password" };
    for (const text of ["password", "password\n", "password\r\n"]) {
      const system = keySystem({}, { "/home/me/password": text });
      expect((await readSigner(withFile, { system })).serialNumber).toBe(serialNumber);
    }
  });

  test("readSigner() asks for the password on the terminal, and not where it has been typed", async () => {
    const system = keySystem({ typed: ["password"] });
    await readSigner(encrypted, { system });
    expect(system.questions).toEqual(["Password of the private key /keys/rsa-enc-scrypt.pem: "]);
    await readSigner(encrypted, { system: keySystem(), password: "password" });
  });

  test("readSigner() warns about a password file for a private key that needs no password", async () => {
    const system = keySystem();
    await readSigner({ ...files, passwordFile: "/none" }, { system });
    expect(system.stderrLines).toEqual([
      "aws-login: warning: --private-key-password-file has no effect: the private key /keys/rsa.pem needs no password",
    ]);
  });

  test("readSigner() warns about a private key that others can read", async () => {
    const system = keySystem({}, {}, ["/keys/rsa.pem"]);
    await readSigner(files, { system });
    expect(system.stderrLines).toEqual([
      "aws-login: warning: others can read the private key /keys/rsa.pem: close it with chmod 600",
    ]);
  });

  const unreadable = { readBytes: async () => Promise.reject(new Error("EACCES: permission denied")) };
  const refused: Readonly<
    Record<string, readonly [SignerFiles, () => ReturnType<typeof keySystem>, string]>
  > = {
    "a key file that does not exist": [
      { ...files, privateKeyFile: "/none" },
      keySystem,
      "cannot use the private key /none: it does not exist",
    ],
    "a key file that it may not read": [
      files,
      () => keySystem({ instead: unreadable }),
      "cannot use the private key /keys/rsa.pem: it cannot be read: EACCES: permission denied",
    ],
    "a certificate in the place of a key": [
      { ...files, privateKeyFile: "/keys/rsa-cert.pem" },
      keySystem,
      "cannot use the private key /keys/rsa-cert.pem: it holds no private key",
    ],
    "a key in the place of a certificate": [
      { ...files, certificateFile: "/keys/ec.pem" },
      keySystem,
      "cannot use the certificate /keys/ec.pem: it holds no certificate",
    ],
    "the key of another certificate": [
      { ...files, privateKeyFile: "/keys/ec.pem" },
      keySystem,
      "cannot use the certificate /keys/rsa-cert.pem: the private key does not belong to it",
    ],
    "intermediates without a certificate": [
      { ...files, intermediatesFile: "/keys/ec.pem" },
      keySystem,
      "cannot use the intermediates /keys/ec.pem: it holds no PEM certificate",
    ],
    "a password file that does not exist": [
      { ...encrypted, passwordFile: "/none" },
      keySystem,
      "cannot use the password file /none: it does not exist",
    ],
    "a wrong password": [
      { ...encrypted, passwordFile: "/wrong" },
      () => keySystem({}, { "/wrong": "made-up-wrong" }),
      "cannot use the private key /keys/rsa-enc-scrypt.pem: its password is wrong",
    ],
    "an encrypted key without a terminal": [
      encrypted,
      () => keySystem({ typed: [undefined] }),
      "cannot use the private key /keys/rsa-enc-scrypt.pem: it is encrypted, and there is no terminal to ask for its password",
    ],
  };
  test.each(Object.entries(refused))("readSigner() refuses %s", async (_, [named, make, message]) => {
    const system = make();
    expect((await failureOf(() => readSigner(named, { system }))).message).toBe(message);
  });
});

describe("askPasswordAhead()", () => {
  test("askPasswordAhead() returns the typed password of an encrypted key", async () => {
    expect(await askPasswordAhead(encrypted, keySystem({ typed: ["password"] }))).toBe("password");
  });

  test("askPasswordAhead() asks nothing for a plain key, or beside a password file", async () => {
    expect(await askPasswordAhead(files, keySystem())).toBeUndefined();
    expect(await askPasswordAhead({ ...encrypted, passwordFile: "/none" }, keySystem())).toBeUndefined();
  });

  test("askPasswordAhead() refuses a wrong password before any lock is taken", async () => {
    const { message } = await failureOf(() => askPasswordAhead(encrypted, keySystem({ typed: ["wrong"] })));
    expect(message).toBe("cannot use the private key /keys/rsa-enc-scrypt.pem: its password is wrong");
  });
});

test("signerPaths() expands each file once, and leaves the password's out", () => {
  const system = { env: { WHERE: "/run" }, fileFingerprint: () => "1" };
  const named = { certificateFile: "~/c.pem", privateKeyFile: "~/c.pem", passwordFile: "/p" };
  expect(signerPaths(named, system, "/home/me")).toEqual(["/home/me/c.pem"]);
  expect(signerPaths({ ...files, intermediatesFile: "$WHERE/i.pem" }, system, "/home/me")).toEqual([
    "/keys/rsa-cert.pem",
    "/keys/rsa.pem",
    "/run/i.pem",
  ]);
});

test("signerPaths() leaves out a key that is a pipe, and no certificate", () => {
  const system = { env: {}, fileFingerprint: () => undefined };
  expect(signerPaths(files, system, "/home/me")).toEqual(["/keys/rsa-cert.pem"]);
});
