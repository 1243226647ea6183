import { describe, expect, test } from "bun:test";
import { assumeRoleWithWebIdentity } from "../../../src/aws/sts/web-identity.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import {
  webIdentityAnswer as answer,
  webIdentityArn as arn,
  stsEndpoint as endpoint,
  formOf,
  stsError,
  stsUrl as url,
} from "../../support/sts-answers.ts";

const parameters = [
  ["RoleArn", "arn:aws:iam::222222222222:role/Deploy"],
  ["RoleSessionName", "aws-login"],
] as const;
const token = "made.up+jwt/with=signs";

describe("assumeRoleWithWebIdentity()", () => {
  test("assumeRoleWithWebIdentity() sends the token in the form, with no signature and no token header", async () => {
    const system = fakeSystem();
    system.expect("POST", url, answer());
    const session = await assumeRoleWithWebIdentity(
      { http: fakeHttpClient(system), endpoint },
      parameters,
      token,
    );
    expect(session).toMatchObject({
      arn,
      credentials: { accessKeyId: "ASIAMADEUP", accountId: "222222222222" },
    });
    const [request] = system.requests;
    expect(formOf(request, "AssumeRoleWithWebIdentity")).toEqual({
      RoleArn: "arn:aws:iam::222222222222:role/Deploy",
      RoleSessionName: "aws-login",
      WebIdentityToken: token,
    });
    expect(request?.headers).toEqual({
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "accept-encoding": "identity",
    });
  });

  test("assumeRoleWithWebIdentity() tries again when STS could not reach the issuer", async () => {
    const system = fakeSystem();
    system.expect("POST", url, stsError("IDPCommunicationError", "try again", 400));
    system.expect("POST", url, answer());
    await assumeRoleWithWebIdentity({ http: fakeHttpClient(system), endpoint }, parameters, token);
    expect(system.sleeps).toHaveLength(1);
  });

  for (const code of ["ExpiredTokenException", "InvalidIdentityToken", "AccessDenied", "IDPRejectedClaim"]) {
    test(`assumeRoleWithWebIdentity() takes ${code} for an answer, and keeps the token out of it`, async () => {
      const system = fakeSystem();
      system.expect("POST", url, stsError(code, `not with ${token}`, 400));
      const failure = await failureOf(() =>
        assumeRoleWithWebIdentity({ http: fakeHttpClient(system), endpoint }, parameters, token),
      );
      expect(failure.serviceError?.code).toBe(code);
      expect(shownText(failure)).not.toContain("made.up");
    });
  }
});
