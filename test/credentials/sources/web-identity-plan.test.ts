import { describe, expect, test } from "bun:test";
import { webIdentitySource } from "../../../src/credentials/sources/web-identity-plan.ts";
import { configPath, profileOf } from "../../config/from-text.ts";
import { failureOf } from "../../support/failure.ts";
import { deployArn as roleArn, webIdentitySource as start } from "../../support/plans.ts";

const env = { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/env-token", AWS_ROLE_ARN: roleArn };
const profile = profileOf(
  "web_identity_token_file = /run/profile-token",
  "role_arn = arn:aws:iam::333333333333:role/Other",
  "role_session_name = from-profile",
);

describe("webIdentitySource()", () => {
  test("webIdentitySource() is nothing where no token file is named, whatever role there is", () => {
    const withRole = profileOf(`role_arn = ${roleArn}`);
    expect(webIdentitySource({ AWS_ROLE_ARN: roleArn }, withRole)).toBeUndefined();
    expect(webIdentitySource({ AWS_WEB_IDENTITY_TOKEN_FILE: "" }, withRole)).toBeUndefined();
  });

  test("webIdentitySource() takes all of the environment", () => {
    expect(webIdentitySource(env, undefined)).toEqual(start);
    expect(webIdentitySource({ ...env, AWS_ROLE_SESSION_NAME: "me" }, undefined)?.roleSessionName).toBe("me");
  });

  test("webIdentitySource() takes all of the profile", () => {
    const tokenSource = `web_identity_token_file (${configPath}:2)`;
    expect(webIdentitySource({}, profile)).toEqual({
      kind: "web-identity",
      from: `web identity of ${tokenSource}`,
      roleArn: "arn:aws:iam::333333333333:role/Other",
      roleSessionName: "from-profile",
      tokenFile: "/run/profile-token",
      tokenSource,
    });
  });

  test("webIdentitySource() looks each value up on its own: the environment first, then the profile", () => {
    expect(webIdentitySource({ AWS_ROLE_ARN: roleArn }, profile)).toMatchObject({
      tokenFile: "/run/profile-token",
      roleArn,
      roleSessionName: "from-profile",
    });
    expect(
      webIdentitySource(
        { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/env-token", AWS_ROLE_SESSION_NAME: "me" },
        profile,
      ),
    ).toMatchObject({
      tokenFile: "/run/env-token",
      roleArn: "arn:aws:iam::333333333333:role/Other",
      roleSessionName: "me",
    });
  });

  test("webIdentitySource() says which role is missing", async () => {
    const inEnvironment = await failureOf(() =>
      webIdentitySource({ AWS_WEB_IDENTITY_TOKEN_FILE: "/run/env-token" }, undefined),
    );
    expect(inEnvironment.message).toBe(
      "cannot use the token of AWS_WEB_IDENTITY_TOKEN_FILE: no role is named",
    );
    expect(inEnvironment.hints).toEqual(["set AWS_ROLE_ARN"]);
    const inProfile = await failureOf(() =>
      webIdentitySource({}, profileOf("web_identity_token_file = /run/profile-token")),
    );
    expect(inProfile.hints).toEqual(["set role_arn of profile p"]);
  });
});
