import { describe, expect, test } from "bun:test";
import {
  assumeRole,
  assumeRoleWithWebIdentity,
  getCallerIdentity,
  getFederationToken,
  getSessionToken,
  type SigningCaller,
} from "../../../src/aws/sts/sts.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import {
  callerAnswer,
  expiresAt,
  federationAnswer,
  formOf,
  madeUpSecret,
  madeUpToken,
  roleAnswer,
  sessionTokenAnswer,
  stsAnswer,
  stsEndpoint,
  stsError,
  stsUrl,
  webIdentityAnswer,
  webIdentityArn,
} from "../../support/sts-answers.ts";

/** A caller with long-term keys that gets this response. */
function caller(answer: Response) {
  const system = fakeSystem();
  system.expect("POST", "https://sts.us-east-1.amazonaws.com/", answer);
  const host = "sts.us-east-1.amazonaws.com";
  const who: SigningCaller = {
    http: fakeHttpClient(system),
    endpoint: { url: `https://${host}`, host, signingRegion: "us-east-1" },
    credentials: { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up" },
  };
  return { who, form: (action: string) => formOf(system.requests[0], action) };
}

const session = {
  accessKeyId: "ASIANEW",
  secretAccessKey: madeUpSecret,
  sessionToken: madeUpToken,
  expiration: expiresAt,
};

describe("getCallerIdentity()", () => {
  test("asks without parameters and reads the three members", async () => {
    const { who, form } = caller(callerAnswer());
    expect(await getCallerIdentity(who)).toEqual({
      userId: "AIDAMADEUP",
      account: "111111111111",
      arn: "arn:aws:iam::111111111111:user/ana",
    });
    expect(form("GetCallerIdentity")).toEqual({});
  });

  test.each(["UserId", "Account", "Arn"])("refuses a response without %s", async (name) => {
    const all = ["UserId", "Account", "Arn"].filter((other) => other !== name);
    const { who } = caller(stsAnswer("GetCallerIdentity", all.map((one) => `<${one}>1</${one}>`).join("")));
    const failure = await failureOf(() => getCallerIdentity(who));
    expect(failure.message).toBe("the response to GetCallerIdentity lacks UserId, Account or Arn");
  });
});

test("assumeRole() sends the parameters and reads the session", async () => {
  const { who, form } = caller(roleAnswer("ASIANEW"));
  const roleArn = "arn:aws:iam::222222222222:role/Deploy";
  expect(await assumeRole(who, [["RoleArn", roleArn]])).toEqual({
    credentials: { ...session, accountId: "222222222222" },
    arn: "arn:aws:sts::222222222222:assumed-role/Deploy/aws-login",
  });
  expect(form("AssumeRole")).toEqual({ RoleArn: roleArn });
});

test("getSessionToken() reads credentials without an ARN", async () => {
  const { who, form } = caller(sessionTokenAnswer("ASIANEW"));
  expect(await getSessionToken(who, [["DurationSeconds", "900"]])).toEqual({
    credentials: session,
    arn: undefined,
  });
  expect(form("GetSessionToken")).toEqual({ DurationSeconds: "900" });
});

test("getFederationToken() reads the federated user", async () => {
  const { who, form } = caller(federationAnswer("ASIANEW"));
  expect(await getFederationToken(who, [["Name", "aws-login"]])).toEqual({
    credentials: { ...session, accountId: "111111111111" },
    arn: "arn:aws:sts::111111111111:federated-user/aws-login",
  });
  expect(form("GetFederationToken")).toEqual({ Name: "aws-login" });
});

const parameters = [
  ["RoleArn", "arn:aws:iam::222222222222:role/Deploy"],
  ["RoleSessionName", "aws-login"],
] as const;
const jwt = "made.up+jwt/with=signs";

describe("assumeRoleWithWebIdentity()", () => {
  test("assumeRoleWithWebIdentity() sends the token in the form, with no signature and no token header", async () => {
    const system = fakeSystem();
    system.expect("POST", stsUrl, webIdentityAnswer());
    const session = await assumeRoleWithWebIdentity(
      { http: fakeHttpClient(system), endpoint: stsEndpoint },
      parameters,
      jwt,
    );
    expect(session).toMatchObject({
      arn: webIdentityArn,
      credentials: { accessKeyId: "ASIAMADEUP", accountId: "222222222222" },
    });
    const [request] = system.requests;
    expect(formOf(request, "AssumeRoleWithWebIdentity")).toEqual({
      RoleArn: "arn:aws:iam::222222222222:role/Deploy",
      RoleSessionName: "aws-login",
      WebIdentityToken: jwt,
    });
    expect(request?.headers).toEqual({
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "accept-encoding": "identity",
    });
  });

  test("assumeRoleWithWebIdentity() tries again when STS could not reach the issuer", async () => {
    const system = fakeSystem();
    system.expect("POST", stsUrl, stsError("IDPCommunicationError", "try again", 400));
    system.expect("POST", stsUrl, webIdentityAnswer());
    await assumeRoleWithWebIdentity({ http: fakeHttpClient(system), endpoint: stsEndpoint }, parameters, jwt);
    expect(system.sleeps).toHaveLength(1);
  });

  test("assumeRoleWithWebIdentity() tries again when STS reports that as an invalid token", async () => {
    const system = fakeSystem();
    const told =
      "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements";
    system.expect("POST", stsUrl, stsError("InvalidIdentityToken", told, 400));
    system.expect("POST", stsUrl, webIdentityAnswer());
    await assumeRoleWithWebIdentity({ http: fakeHttpClient(system), endpoint: stsEndpoint }, parameters, jwt);
    expect(system.sleeps).toHaveLength(1);
  });

  test.each([
    "Incorrect token audience",
    "No OpenIDConnect provider found in your account for https://issuer.example",
  ])("assumeRoleWithWebIdentity() does not try again after InvalidIdentityToken: %s", async (told) => {
    const system = fakeSystem();
    system.expect("POST", stsUrl, stsError("InvalidIdentityToken", told, 400));
    const failure = await failureOf(() =>
      assumeRoleWithWebIdentity({ http: fakeHttpClient(system), endpoint: stsEndpoint }, parameters, jwt),
    );
    expect(failure.message).toBe(`InvalidIdentityToken: ${told}`);
  });

  for (const code of ["ExpiredTokenException", "InvalidIdentityToken", "AccessDenied", "IDPRejectedClaim"]) {
    test(`assumeRoleWithWebIdentity() takes ${code} for final, and keeps the token out of the message`, async () => {
      const system = fakeSystem();
      system.expect("POST", stsUrl, stsError(code, `not with ${jwt}`, 400));
      const failure = await failureOf(() =>
        assumeRoleWithWebIdentity({ http: fakeHttpClient(system), endpoint: stsEndpoint }, parameters, jwt),
      );
      expect(failure.serviceError?.code).toBe(code);
      expect(shownText(failure)).not.toContain("made.up");
    });
  }
});
