import { describe, expect, test } from "bun:test";
import { loginSource } from "../../../src/credentials/sources/login-session-plan.ts";
import { configPath, profileOf } from "../../config/from-text.ts";

const session = "arn:aws:iam::123456789012:user/Admin";

describe("loginSource()", () => {
  test("loginSource() is the session of the profile, unchanged", () => {
    expect(loginSource(profileOf(`login_session = ${session}`))).toEqual({
      kind: "login-session",
      from: `profile p (${configPath}:2)`,
      profileName: "p",
      session,
    });
    expect(loginSource(profileOf("region = eu-west-1"))).toBeUndefined();
  });
});
