import { expect, test } from "bun:test";
import { readsPipe, sourceFiles } from "../../../src/commands/status/source-files.ts";
import { rolesAnywhereSource } from "../../../src/credentials/sources/rolesanywhere.ts";
import { login, webIdentity } from "../../support/sources.ts";

const anywhere = rolesAnywhereSource({
  certificate: "~/server.pem",
  privateKey: "~/server-key.pem",
  privateKeyPasswordFile: "$DIR/password",
  trustAnchorArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/a",
  profileArn: "arn:aws:rolesanywhere:eu-west-1:111111111111:profile/p",
  roleArn: "arn:aws:iam::111111111111:role/R",
});

test("sourceFiles() names a private key and its password, and not the certificate", () => {
  if (anywhere === undefined) throw new Error("no source");
  expect(sourceFiles(anywhere, { DIR: "/run" }, "/h")).toEqual(["/h/server-key.pem", "/run/password"]);
});

test("sourceFiles() names the file of an aws login sign-in, where the home directory is known", () => {
  expect(sourceFiles(login, {}, "/h")).toEqual([
    "/h/.aws/login/cache/10cabd19777b6651ac57333b55c7c10a1242b1c2337f40e674926d7324698347.json",
  ]);
  expect(sourceFiles(login, {}, undefined)).toEqual([]);
});

test("sourceFiles() names no file of a web identity", () => {
  expect(sourceFiles(webIdentity, {}, "/h")).toEqual([]);
});

test("readsPipe() tells a source whose key, password or token is a pipe", () => {
  if (anywhere === undefined) throw new Error("no source");
  const piped = (...paths: readonly string[]) => ({
    env: { DIR: "/run" },
    fileFingerprint: (path: string) => (paths.includes(path) ? undefined : "a fingerprint"),
  });
  for (const path of ["/h/server.pem", "/h/server-key.pem", "/run/password"])
    expect(readsPipe(anywhere, piped(path), "/h")).toBe(true);
  expect(readsPipe(anywhere, piped(), "/h")).toBe(false);
  const token = { kind: "file", path: "/dev/fd/63", source: "--web-identity-token" } as const;
  expect(readsPipe({ ...webIdentity, token }, piped("/dev/fd/63"), "/h")).toBe(true);
  expect(readsPipe({ ...webIdentity, token: { kind: "stdin" } }, piped("/dev/fd/63"), "/h")).toBe(false);
  expect(readsPipe(login, piped("/h"), "/h")).toBe(false);
});
