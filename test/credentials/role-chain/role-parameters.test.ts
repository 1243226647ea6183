import { describe, expect, test } from "bun:test";
import { checkRole, roleParameters } from "../../../src/credentials/role-chain/role-parameters.ts";
import type { RoleStep } from "../../../src/credentials/role-chain/steps.ts";
import { failureOf } from "../../support/failure.ts";
import { deployArn, roleStep } from "../../support/plans.ts";

describe("roleParameters()", () => {
  const basic = [
    ["RoleArn", deployArn],
    ["RoleSessionName", "aws-login"],
  ];
  const cases: Record<string, [step: Partial<RoleStep>, more: readonly (readonly [string, string])[]]> = {
    "sends no more than is known": [{}, []],
    "sends all scalars": [
      { durationSeconds: 900, externalId: "x1", sourceIdentity: "ana", policy: '{"Version":"2012-10-17"}' },
      [
        ["DurationSeconds", "900"],
        ["ExternalId", "x1"],
        ["SourceIdentity", "ana"],
        ["Policy", '{"Version":"2012-10-17"}'],
      ],
    ],
    "counts list members from one, and spells arn small": [
      {
        policyArns: ["arn:a", "arn:b"],
        tags: [
          { key: "team", value: "blue" },
          { key: "empty", value: "" },
        ],
        transitiveTagKeys: ["team", "empty"],
      },
      [
        ["PolicyArns.member.1.arn", "arn:a"],
        ["PolicyArns.member.2.arn", "arn:b"],
        ["Tags.member.1.Key", "team"],
        ["Tags.member.1.Value", "blue"],
        ["Tags.member.2.Key", "empty"],
        ["Tags.member.2.Value", ""],
        ["TransitiveTagKeys.member.1", "team"],
        ["TransitiveTagKeys.member.2", "empty"],
      ],
    ],
    "leaves empty lists out": [{ policyArns: [], tags: [], transitiveTagKeys: [] }, []],
  };
  test.each(Object.entries(cases))("%s", (_, [step, more]) => {
    expect(roleParameters(roleStep(step), undefined)).toEqual([...basic, ...more] as [string, string][]);
  });

  test("sends the device with its code, zeros included, or neither", () => {
    const step = roleStep({ mfaSerial: "serial" });
    expect(roleParameters(step, "012345").slice(2)).toEqual([
      ["SerialNumber", "serial"],
      ["TokenCode", "012345"],
    ]);
    expect(roleParameters(step, undefined).slice(2)).toEqual([]);
    expect(roleParameters(roleStep(), "012345").slice(2)).toEqual([]);
  });
});

describe("checkRole()", () => {
  const fine: Record<string, Partial<RoleStep>> = {
    "a role as it comes": {},
    "every character of names": {
      roleSessionName: "aZ09_+=,.@-",
      sourceIdentity: "aZ09_+=,.@-",
      externalId: "aZ09_+=,.@:/-",
      mfaSerial: "aZ09_+=/:,.@-",
    },
    "the shortest": {
      roleSessionName: "ab",
      sourceIdentity: "ab",
      externalId: "ab",
      mfaSerial: "GAHT12345",
      durationSeconds: 900,
    },
    "the longest": {
      roleSessionName: "n".repeat(64),
      sourceIdentity: "n".repeat(64),
      externalId: "n".repeat(1224),
      mfaSerial: "n".repeat(256),
      durationSeconds: 43_200,
      policyArns: Array(10).fill("arn:a"),
      tags: Array(50).fill({ key: "k", value: "v" }),
    },
  };
  test.each(Object.entries(fine))("passes %s", (_, step) => {
    expect(() => checkRole(roleStep(step))).not.toThrow();
  });

  const device = "the MFA device must be named with 9 to 256 of the characters A-Z a-z 0-9 _ + = / : , . @ -";
  const name = "must be 2 to 64 of the characters A-Z a-z 0-9 _ + = , . @ -";
  const refused: Record<string, [step: Partial<RoleStep>, why: string]> = {
    "a short session name": [{ roleSessionName: "a" }, `the session name "a" ${name}`],
    "a long session name": [
      { roleSessionName: "n".repeat(65) },
      `the session name "${"n".repeat(65)}" ${name}`,
    ],
    "a session name with a blank": [{ roleSessionName: "a b" }, `the session name "a b" ${name}`],
    "a session name with a line end": [{ roleSessionName: "ab\n" }, `the session name "ab\n" ${name}`],
    "a session name outside ASCII": [{ roleSessionName: "zoë" }, `the session name "zoë" ${name}`],
    "a source identity of AWS's own": [{ sourceIdentity: "aws:ana" }, `the source identity ${name}`],
    "a short external id": [
      { externalId: "a" },
      "the external id must be 2 to 1,224 of the characters A-Z a-z 0-9 _ + = , . @ : / -",
    ],
    "a long external id": [
      { externalId: "n".repeat(1225) },
      "the external id must be 2 to 1,224 of the characters A-Z a-z 0-9 _ + = , . @ : / -",
    ],
    "a short MFA device": [{ mfaSerial: "12345678" }, device],
    "a long MFA device": [{ mfaSerial: "n".repeat(257) }, device],
    "an MFA device that would steer a terminal, and does not repeat it": [
      { mfaSerial: "arn:aws:iam::111111111111:mfa/\x1b[2Jana" },
      device,
    ],
    "a short session": [{ durationSeconds: 899 }, "a role session lasts 900 to 43200 seconds, not 899"],
    "a long session": [{ durationSeconds: 43_201 }, "a role session lasts 900 to 43200 seconds, not 43201"],
    "eleven policies": [{ policyArns: Array(11).fill("arn:a") }, "at most 10 session policies may be named"],
    "51 tags": [{ tags: Array(51).fill({ key: "k", value: "v" }) }, "at most 50 tags may be given"],
  };
  test.each(Object.entries(refused))("refuses %s", async (_, [step, why]) => {
    const failure = await failureOf(() => checkRole(roleStep(step)));
    expect(failure.message).toBe(`cannot assume ${deployArn} (--assume-roles): ${why}`);
    expect(failure.kind).toBe("usage");
  });

  test("blames a profile as a failure, not as wrong usage", async () => {
    const step = roleStep({ durationSeconds: 60, origin: "profile", from: "profile p, /config:3" });
    const failure = await failureOf(() => checkRole(step));
    expect(failure.kind).toBe("failed");
    expect(failure.message).toContain("(profile p, /config:3)");
  });

  test("checkRole() calls a --duration that no role takes wrong usage, with the role of a profile too", async () => {
    const step = roleStep({ durationSeconds: 50_000, durationSource: "--duration", origin: "profile" });
    const { kind, hints } = await failureOf(() => checkRole(step));
    expect([kind, hints]).toEqual(["usage", ["correct --duration"]]);
  });

  test("leaves the ARN to AWS", () => {
    expect(() => checkRole(roleStep({ roleArn: "Deploy" }))).not.toThrow();
  });

  test("names the setting of a duration that AWS refuses", async () => {
    const step = roleStep({ durationSeconds: 60, durationSource: "duration_seconds (/config:4)" });
    expect((await failureOf(() => checkRole(step))).hints).toEqual(["correct duration_seconds (/config:4)"]);
  });
});
