import { describe, expect, test } from "bun:test";
import {
  assumeRole,
  getCallerIdentity,
  getFederationToken,
  getSessionToken,
  type StsCaller,
} from "../../../src/aws/sts/sts.ts";
import { failureOf } from "../../support/failure.ts";
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
} from "../../support/sts-answers.ts";

/** A caller with long-term keys who gets this answer. */
function caller(answer: Response) {
  const system = fakeSystem();
  system.expect("POST", "https://sts.us-east-1.amazonaws.com/", answer);
  const host = "sts.us-east-1.amazonaws.com";
  const who: StsCaller = {
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

  test.each(["UserId", "Account", "Arn"])("refuses an answer without %s", async (name) => {
    const all = ["UserId", "Account", "Arn"].filter((other) => other !== name);
    const { who } = caller(stsAnswer("GetCallerIdentity", all.map((one) => `<${one}>1</${one}>`).join("")));
    const failure = await failureOf(() => getCallerIdentity(who));
    expect(failure.message).toBe("the answer to GetCallerIdentity lacks one of UserId, Account and Arn");
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

test("getSessionToken() reads credentials that name nobody", async () => {
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
