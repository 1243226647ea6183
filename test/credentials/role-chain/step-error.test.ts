import { describe, expect, test } from "bun:test";
import { stepError } from "../../../src/credentials/role-chain/step-error.ts";
import type { Step } from "../../../src/credentials/role-chain/steps.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { deployArn, federationStep, roleStep, sessionStep } from "../../support/plans.ts";

const endpoint = { url: "https://sts.example", host: "sts.example", signingRegion: "us-east-1" };
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
    "names a federation token": [federationStep, 1, "cannot get a federation token: Throttling: No."],
  };
  test.each(Object.entries(names))("%s", (_, [step, of, message]) => {
    const failure = stepError({ number: 2, of, step, caller, endpoint }, refusal("Throttling"));
    expect(failure.message).toBe(message);
  });

  test.each(["AccessDenied", "AccessDeniedException"])(
    "tells who asked, and what may help against %s",
    (code) => {
      const reason = refusal(code, "request-2");
      const failure = stepError({ number: 1, of: 1, step: roleStep(), caller, endpoint }, reason);
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
      const failure = stepError({ number: 1, of: 1, step, caller, endpoint }, reason);
      expect(failure.hints).toEqual([
        `each MFA code works once: wait for the next one, and check that ${serial} is the device that shows it`,
      ]);
    },
  );

  test("has no advice on roles for a token", () => {
    const failure = stepError(
      { number: 1, of: 1, step: sessionStep, caller: "x", endpoint },
      refusal("AccessDenied"),
    );
    expect(failure.hints).toEqual(["its own hint"]);
  });

  test("keeps the kind, and names no caller where AWS did not respond", () => {
    const reason = new Failure("interrupted", "no code was given");
    const failure = stepError({ number: 1, of: 1, step: roleStep(), caller, endpoint }, reason);
    expect(failure.kind).toBe("interrupted");
    expect(failure.notes).toEqual([]);
    expect(failure.serviceError).toBeUndefined();
  });
});

describe("stepError() for a session that is longer than the role allows", () => {
  const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
  const chained =
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
  const settings = [
    "--duration",
    "duration_seconds (/config:4)",
    "DurationSeconds of role 2 of --assume-roles",
  ];
  test.each(settings.flatMap((setting) => [message, chained].map((said) => [setting, said] as const)))(
    "stepError() names %s, after: %s",
    (durationSource, said) => {
      const step = roleStep({ durationSeconds: 43_200, durationSource });
      const reason = new Failure("failed", `ValidationError: ${said}`, {
        serviceError: { code: "ValidationError", message: said, status: 400 },
      });
      expect(stepError({ number: 1, of: 1, step, caller, endpoint }, reason).hints).toEqual([
        `lower ${durationSource}, which asks for 43200 seconds, or raise the maximum session duration of Deploy`,
      ]);
    },
  );

  test("stepError() has no advice on another ValidationError", () => {
    const failed = { number: 1, of: 1, step: roleStep(), caller, endpoint };
    expect(stepError(failed, refusal("ValidationError")).hints).toEqual(["its own hint"]);
  });
});
