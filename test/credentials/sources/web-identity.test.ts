import { describe, expect, test } from "bun:test";
import {
  acquireWithWebIdentity,
  webIdentityRole,
  webIdentitySource,
} from "../../../src/credentials/sources/web-identity.ts";
import { configPath, profileOf } from "../../config/from-text.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { deployArn as roleArn, webIdentitySource as start } from "../../support/plans.ts";
import {
  webIdentityAnswer as answer,
  webIdentityArn as arn,
  stsEndpoint as endpoint,
  formOf,
  stsError,
  stsUrl as url,
} from "../../support/sts-answers.ts";

describe("the plan of a web identity", () => {
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/env-token", AWS_ROLE_ARN: roleArn };
  const profile = profileOf(
    "web_identity_token_file = /run/profile-token",
    "role_arn = arn:aws:iam::333333333333:role/Other",
    "role_session_name = from-profile",
  );

  describe("webIdentitySource()", () => {
    test("webIdentitySource() is undefined where no token file is named, with or without a role", () => {
      const withRole = profileOf(`role_arn = ${roleArn}`);
      expect(webIdentitySource({ AWS_ROLE_ARN: roleArn }, withRole)).toBeUndefined();
      expect(webIdentitySource({ AWS_WEB_IDENTITY_TOKEN_FILE: "" }, withRole)).toBeUndefined();
    });

    test("webIdentitySource() takes all of the environment", () => {
      expect(webIdentitySource(env, undefined)).toEqual(start);
      expect(webIdentitySource({ ...env, AWS_ROLE_SESSION_NAME: "me" }, undefined)?.roleSessionName).toBe(
        "me",
      );
    });

    test("webIdentitySource() takes all of the profile", () => {
      const tokenSource = `web_identity_token_file (${configPath}:2)`;
      expect(webIdentitySource({}, profile)).toEqual({
        kind: "web-identity",
        from: `web identity of ${tokenSource}`,
        roleArn: "arn:aws:iam::333333333333:role/Other",
        roleSessionName: "from-profile",
        token: { kind: "file", path: "/run/profile-token", source: tokenSource },
      });
    });

    test("webIdentitySource() looks each value up on its own: the environment first, then the profile", () => {
      expect(webIdentitySource({ AWS_ROLE_ARN: roleArn }, profile)).toMatchObject({
        token: { path: "/run/profile-token" },
        roleArn,
        roleSessionName: "from-profile",
      });
      expect(
        webIdentitySource(
          { AWS_WEB_IDENTITY_TOKEN_FILE: "/run/env-token", AWS_ROLE_SESSION_NAME: "me" },
          profile,
        ),
      ).toMatchObject({
        token: { path: "/run/env-token" },
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
});

describe("webIdentityRole()", () => {
  test("webIdentityRole() names the session as the start does, or else as the option does", () => {
    const options = { roleSessionName: "aws-login" };
    expect(webIdentityRole(start, options).roleSessionName).toBe("aws-login");
    expect(webIdentityRole({ ...start, roleSessionName: "me" }, options).roleSessionName).toBe("me");
  });

  test("webIdentityRole() lasts as long as the option says", () => {
    expect(webIdentityRole(start, { roleSessionName: "me" })).not.toHaveProperty("durationSeconds");
    expect(webIdentityRole(start, { roleSessionName: "me", duration: 7200 }).durationSeconds).toBe(7200);
  });

  test("webIdentityRole() refuses a session name that AWS would refuse", async () => {
    const failure = await failureOf(() =>
      webIdentityRole({ ...start, roleSessionName: "a b" }, { roleSessionName: "me" }),
    );
    expect(failure.message).toContain('the session name "a b" must be');
  });
});

const role = webIdentityRole(start, { roleSessionName: "aws-login" });

function scene(file: string | Error | undefined) {
  const system = fakeSystem({ files: file === undefined ? {} : { "/run/env-token": file } });
  const context = { system, http: fakeHttpClient(system), endpoint: async () => endpoint };
  return { system, acquire: () => acquireWithWebIdentity(start, role, context) };
}

describe("acquireWithWebIdentity()", () => {
  test("acquireWithWebIdentity() names --duration when it is above the role's maximum", async () => {
    const { system } = scene("made.up.jwt");
    const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    system.expect("POST", url, stsError("ValidationError", message));
    const long = webIdentityRole(start, { roleSessionName: "me", duration: 43_200 });
    const context = { system, http: fakeHttpClient(system), endpoint: async () => endpoint };
    const failure = await failureOf(() => acquireWithWebIdentity(start, long, context));
    expect(failure.hints).toEqual([
      "lower --duration, which asks for 43200 seconds, or raise the maximum session duration of Deploy",
    ]);
  });

  test("acquireWithWebIdentity() sends the token without the line end that its file may have", async () => {
    for (const text of ["made.up.jwt", "made.up.jwt\n", " made.up.jwt \r\n"]) {
      const { system, acquire } = scene(text);
      system.expect("POST", url, answer());
      expect(await acquire()).toMatchObject({ arn, credentials: { accountId: "222222222222" } });
      expect(formOf(system.requests[0], "AssumeRoleWithWebIdentity")).toEqual({
        RoleArn: roleArn,
        RoleSessionName: "aws-login",
        WebIdentityToken: "made.up.jwt",
      });
    }
  });

  test("acquireWithWebIdentity() refuses credentials that are over when they arrive", async () => {
    const { system, acquire } = scene("made.up.jwt");
    await system.sleep(3_600_000);
    system.expect("POST", url, answer());
    const failure = await failureOf(acquire);
    expect(failure.message).toStartWith(
      `cannot assume role ${roleArn} with a web identity: what STS gave expired at 2030-01-31T13:00:00Z`,
    );
  });

  const unusable: Record<string, [file: string | Error | undefined, why: string]> = {
    "a missing file": [undefined, "it does not exist"],
    "a file that cannot be read": [new Error("EACCES"), "it cannot be read: EACCES"],
    "an empty file": ["", "it is empty"],
    "a file of blanks": [" \n", "it is empty"],
  };
  for (const [sentence, [file, why]] of Object.entries(unusable)) {
    test(`acquireWithWebIdentity() names ${sentence}, and sends no request`, async () => {
      const { system, acquire } = scene(file);
      const failure = await failureOf(acquire);
      expect(failure.message).toBe(
        `cannot use the token file /run/env-token (AWS_WEB_IDENTITY_TOKEN_FILE): ${why}`,
      );
      expect(system.requests).toEqual([]);
    });
  }

  const hints: Record<string, RegExp> = {
    ExpiredTokenException: /write a new one/,
    InvalidIdentityToken: /OIDC provider of the role's account/,
    AccessDenied: /the trust policy of Deploy must admit/,
  };
  for (const [code, hint] of Object.entries(hints)) {
    test(`acquireWithWebIdentity() tells the role, the file, the request and what helps against ${code}`, async () => {
      const { system, acquire } = scene("made.up.jwt");
      system.expect("POST", url, stsError(code, "no: made.up.jwt", 400));
      const failure = await failureOf(acquire);
      expect(failure.message).toBe(
        `cannot assume role ${roleArn} with a web identity: ${code}: no: (a secret, left out)`,
      );
      expect(failure.notes).toEqual([
        "asked with the token in /run/env-token (AWS_WEB_IDENTITY_TOKEN_FILE), request request-2",
      ]);
      expect(failure.hints[0]).toMatch(hint);
      expect(failure.serviceError?.code).toBe(code);
      expect(shownText(failure)).not.toContain("made.up");
    });
  }
});
