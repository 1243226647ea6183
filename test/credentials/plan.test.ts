import { describe, expect, test } from "bun:test";
import { type CredentialKind, type Hop, isRoleSession, kindAfter } from "../../src/credentials/plan.ts";
import { federationHop, roleHop, sessionHop } from "../support/plans.ts";

describe("kindAfter()", () => {
  const cases: [hop: Hop, callers: readonly CredentialKind[], kind: CredentialKind][] = [
    [roleHop(), ["long-term", "session-token"], "role"],
    [roleHop(), ["temporary", "role", "chained-role", "instance", "sso", "federation"], "chained-role"],
    [sessionHop, ["long-term"], "session-token"],
    [federationHop, ["long-term"], "federation"],
  ];
  test.each(cases)("%j gives %j", (hop, callers, kind) => {
    expect(callers.map((caller) => kindAfter(caller, hop))).toEqual(callers.map(() => kind));
  });
});

test("isRoleSession() is sure only of what is known to be one", () => {
  const kinds: CredentialKind[] = [
    "long-term",
    "temporary",
    "session-token",
    "federation",
    "role",
    "chained-role",
    "instance",
    "sso",
  ];
  expect(kinds.filter(isRoleSession)).toEqual(["role", "chained-role", "instance", "sso"]);
});
