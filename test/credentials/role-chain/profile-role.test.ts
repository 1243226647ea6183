import { describe, expect, test } from "bun:test";
import { profileRole } from "../../../src/credentials/role-chain/profile-role.ts";
import { configPath, failureOf, profileOf } from "../../config/from-text.ts";
import { deployArn } from "../../support/plans.ts";

const doing = "cannot use the role of profile p";
const read = (...lines: string[]) => profileRole(profileOf(`role_arn = ${deployArn}`, ...lines), doing);

describe("profileRole()", () => {
  const steps: Record<string, [lines: string[], step: object]> = {
    "names its origin": [[], {}],
    "carries its settings": [
      ["role_session_name = ana", "external_id = x1", "mfa_serial = serial", "duration_seconds = 900"],
      {
        roleSessionName: "ana",
        externalId: "x1",
        mfaSerial: "serial",
        durationSeconds: 900,
        durationSource: `duration_seconds (${configPath}:6)`,
      },
    ],
    "carries its tags and the command that prints its MFA code": [
      ["session_tags = team=blue", "transitive_session_tags = team", "mfa_process = ykman code"],
      {
        tags: [{ key: "team", value: "blue" }],
        transitiveTagKeys: ["team"],
        mfaProcess: "ykman code",
      },
    ],
    "keeps a number of seconds that AWS refuses": [
      ["duration_seconds = -1"],
      { durationSeconds: -1, durationSource: `duration_seconds (${configPath}:3)` },
    ],
    "counts empty settings as absent": [["role_session_name =", "external_id =", "mfa_serial ="], {}],
  };
  test.each(Object.entries(steps))("profileRole() %s", (_, [lines, step]) => {
    expect(read(...lines)).toEqual({
      at: `${configPath}:2`,
      warnings: [],
      step: {
        kind: "role",
        roleArn: deployArn,
        mfaSerial: undefined,
        origin: "profile",
        from: `profile p, ${configPath}:2`,
        ...step,
      },
    });
  });

  const durations: Record<string, string> = {
    "12h": ": write duration_seconds = 43200",
    "4 hours": ": write duration_seconds = 14400",
    "90m": ": write duration_seconds = 5400",
    "3600s": ": write duration_seconds = 3600",
    sixty: "",
    "3600.5": "",
    PT1H: "",
  };
  test.each(Object.entries(durations))(
    "profileRole() warns that duration_seconds = %s is ignored",
    (value, instead) => {
      const { step, warnings } = read(`duration_seconds = ${value}`);
      expect(step).not.toHaveProperty("durationSeconds");
      expect(warnings).toEqual([
        `aws-login: warning: the duration_seconds of profile p (${configPath}:3) is ignored, for it is not a number of seconds${instead}`,
      ]);
    },
  );

  test("profileRole() refuses a profile without role_arn", () => {
    expect(failureOf(() => profileRole(profileOf("source_profile = b"), doing)).message).toBe(
      `${doing}: it has no role_arn`,
    );
  });
});
