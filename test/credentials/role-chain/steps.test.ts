import { describe, expect, test } from "bun:test";
import type { CredentialKind } from "../../../src/credentials/kinds.ts";
import { kindAfter, type Step } from "../../../src/credentials/role-chain/steps.ts";
import { federationStep, roleStep, sessionStep } from "../../support/plans.ts";

describe("kindAfter()", () => {
  const cases: [step: Step, callers: readonly CredentialKind[], kind: CredentialKind][] = [
    [roleStep(), ["long-term", "session-token"], "role"],
    [roleStep(), ["temporary", "role", "chained-role", "instance", "sso", "federation"], "chained-role"],
    [sessionStep, ["long-term"], "session-token"],
    [federationStep, ["long-term"], "federation"],
  ];
  test.each(cases)("kindAfter() of %j and %j is known", (step, callers, kind) => {
    expect(callers.map((caller) => kindAfter(caller, step))).toEqual(callers.map(() => kind));
  });
});
