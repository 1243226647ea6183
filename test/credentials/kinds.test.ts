import { expect, test } from "bun:test";
import { CREDENTIAL_KINDS, isCredentialKind, kindOfKeys } from "../../src/credentials/kinds.ts";

const kindsWith = (fact: "isRoleSession" | "takesConsoleDuration") =>
  Object.entries(CREDENTIAL_KINDS).flatMap(([kind, facts]) => (facts[fact] ? [kind] : []));

test("CREDENTIAL_KINDS marks the kinds that are certainly a role's session", () => {
  expect(kindsWith("isRoleSession")).toEqual(["role", "chained-role", "instance", "sso"]);
});

test("CREDENTIAL_KINDS allows a console duration only for a role assumed directly", () => {
  expect(kindsWith("takesConsoleDuration")).toEqual(["role"]);
});

test("isCredentialKind() accepts the kinds and no member of every object", () => {
  expect(["role", "toString", "", "Role"].map(isCredentialKind)).toEqual([true, false, false, false]);
});

test("kindOfKeys() goes by the session token", () => {
  const keys = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up" };
  expect(kindOfKeys(keys)).toBe("long-term");
  expect(kindOfKeys({ ...keys, sessionToken: "made-up" })).toBe("temporary");
});
