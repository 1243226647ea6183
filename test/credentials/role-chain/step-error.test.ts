import { describe, expect, test } from "bun:test";
import type { Step } from "../../../src/credentials/plan.ts";
import { adviceOn, stepError } from "../../../src/credentials/role-chain/step-error.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { deployArn, federationHop, roleStep, sessionStep } from "../../support/plans.ts";

const caller = "arn:aws:sts::111111111111:assumed-role/Jump/aws-login";

/** What STS said. */
function refusal(code: string, requestId?: string): Failure {
  return new Failure("failed", `${code}: No.`, {
    hints: ["its own hint"],
    notes: ["its own note"],
    serviceError: { code, message: "No.", status: 403, ...(requestId === undefined ? {} : { requestId }) },
  });
}

describe("stepError()", () => {
  const names: Record<string, [step: Step, of: number, message: string]> = {
    "names a role alone": [roleStep(), 1, `cannot assume role ${deployArn}: Throttling: No.`],
    "names a role and its step": [
      roleStep(),
      3,
      `cannot assume role ${deployArn} (step 2 of 3): Throttling: No.`,
    ],
    "names a session token": [sessionStep, 1, "cannot get a session token: Throttling: No."],
    "names a federation token": [federationHop, 1, "cannot get a federation token: Throttling: No."],
  };
  test.each(Object.entries(names))("%s", (_, [step, of, message]) => {
    const failure = stepError({ number: 2, of, step, asked: caller }, refusal("Throttling"));
    expect(failure.message).toBe(message);
  });

  test.each(["AccessDenied", "AccessDeniedException"])(
    "tells who asked, and what may help against %s",
    (code) => {
      const reason = refusal(code, "request-2");
      const failure = stepError({ number: 1, of: 1, step: roleStep(), asked: caller }, reason);
      expect(failure.notes).toEqual([`asked as ${caller}, request request-2`, "its own note"]);
      expect(failure.hints).toEqual([
        "the trust policy of Deploy must admit that caller (external id and MFA included), and the caller needs sts:AssumeRole on Deploy",
        "its own hint",
      ]);
      expect(failure.serviceError).toEqual(reason.serviceError);
      expect(failure.cause).toBe(reason);
    },
  );

  const wrongCode = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
  const serial = "arn:aws:iam::111111111111:mfa/ana";
  test.each([roleStep({ mfaSerial: serial }), { ...sessionStep, mfaSerial: serial }])(
    "speaks of the MFA code when that is what STS refused: %j",
    (step) => {
      const reason = new Failure("failed", `AccessDenied: ${wrongCode}`, {
        serviceError: { code: "AccessDenied", message: wrongCode, status: 403 },
      });
      const failure = stepError({ number: 1, of: 1, step, asked: caller }, reason);
      expect(failure.hints).toEqual([
        `each MFA code works once: wait for the next one, and check that ${serial} is the device that shows it`,
      ]);
    },
  );

  test("has no advice on roles for a token", () => {
    const failure = stepError({ number: 1, of: 1, step: sessionStep, asked: "x" }, refusal("AccessDenied"));
    expect(failure.hints).toEqual(["its own hint"]);
  });

  test("keeps the kind, and names nobody as asking where AWS did not answer", () => {
    const reason = new Failure("interrupted", "no code was given");
    const failure = stepError({ number: 1, of: 1, step: roleStep(), asked: caller }, reason);
    expect(failure.kind).toBe("interrupted");
    expect(failure.notes).toEqual([]);
    expect(failure.serviceError).toBeUndefined();
  });
});

describe("adviceOn()", () => {
  const advice: Record<string, RegExp | undefined> = {
    ExpiredToken: /expired/,
    ExpiredTokenException: /expired/,
    InvalidClientTokenId: /unknown or inactive/,
    SignatureDoesNotMatch: /secret key does not belong/,
    RegionDisabledException: /--region/,
    PackedPolicyTooLarge: /shorten/,
    ValidationError: undefined,
    AccessDenied: undefined,
  };
  test.each(Object.entries(advice))("for %s", (code, expected) => {
    if (expected === undefined) expect(adviceOn({ code, message: "No." })).toBeUndefined();
    else expect(adviceOn({ code, message: "No." })).toMatch(expected);
  });

  test.each([
    "Signature expired: 20300131T114000Z is now earlier than 20300131T114500Z",
    "Signature not yet current: 20300131T122000Z is still later than 20300131T121500Z",
  ])("for the clock, not the key: %s", (message) => {
    const advice = adviceOn({ code: "SignatureDoesNotMatch", message });
    expect(advice).toContain("clock");
    expect(advice).not.toContain("secret key");
  });
});
