import { describe, expect, test } from "bun:test";
import { type CredentialKind, isRoleSession, kindAfter, type Step } from "../../src/credentials/plan.ts";
import { federationHop, roleStep, sessionStep } from "../support/plans.ts";

describe("kindAfter()", () => {
  const cases: [step: Step, callers: readonly CredentialKind[], kind: CredentialKind][] = [
    [roleStep(), ["long-term", "session-token"], "role"],
    [roleStep(), ["temporary", "role", "chained-role", "instance", "sso", "federation"], "chained-role"],
    [sessionStep, ["long-term"], "session-token"],
    [federationHop, ["long-term"], "federation"],
  ];
  test.each(cases)("%j gives %j", (step, callers, kind) => {
    expect(callers.map((caller) => kindAfter(caller, step))).toEqual(callers.map(() => kind));
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
