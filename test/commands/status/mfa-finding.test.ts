import { expect, test } from "bun:test";
import { mfaFinding } from "../../../src/commands/status/mfa-finding.ts";
import { federationStep, roleStep, sessionStep } from "../../support/plans.ts";

const mfaSerial = "arn:aws:iam::111111111111:mfa/ana";

test("mfaFinding() is undefined for a chain without MFA, and beside --mfa-token", () => {
  expect(mfaFinding([federationStep], undefined)).toBeUndefined();
  expect(mfaFinding([sessionStep, roleStep()], undefined)).toBeUndefined();
  expect(mfaFinding([roleStep({ mfaSerial })], "123456")).toBeUndefined();
});

test("mfaFinding() needs a person for a device without a command", () => {
  expect(mfaFinding([roleStep(), roleStep({ mfaSerial })], undefined)).toMatchObject({
    severity: "error",
    code: "sign-in-needed",
    message: `an MFA code for ${mfaSerial} is needed`,
  });
});

test("mfaFinding() says that the command for the code is not run", () => {
  expect(mfaFinding([roleStep({ mfaSerial, mfaProcess: "ykman" })], undefined)).toMatchObject({
    severity: "info",
    code: "mfa-not-asked",
  });
});
