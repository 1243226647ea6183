import { describe, expect, test } from "bun:test";
import type { Acquired } from "../../../src/credentials/retrieval.ts";
import { askMfaCodeAhead, runSteps } from "../../../src/credentials/role-chain/run-steps.ts";
import type { Step } from "../../../src/credentials/role-chain/steps.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";
import { deployArn, federationStep, jumpArn, roleStep, sessionStep } from "../../support/plans.ts";
import {
  expiresAt,
  federationAnswer,
  formOf,
  roleAnswer,
  sessionTokenAnswer,
  signerOf,
  stsError,
} from "../../support/sts-answers.ts";

const host = "sts.us-east-1.amazonaws.com";
const source: Acquired = {
  credentials: { accessKeyId: "AKIASTART", secretAccessKey: "made-up" },
  kind: "long-term",
  principal: "access key AKIASTART from the environment",
};
const serial = "arn:aws:iam::111111111111:mfa/ana";

/** Takes the steps while STS sends these responses. */
function steps(answers: readonly Response[], setup: FakeSetup = {}) {
  const system = fakeSystem(setup);
  for (const answer of answers) system.expect("POST", `https://${host}/`, answer);
  let endpoints = 0;
  const endpoint = async () => {
    endpoints++;
    return { url: `https://${host}`, host, signingRegion: "us-east-1", custom: false };
  };
  const take = (list: readonly Step[], mfaToken?: string) => {
    const http = fakeHttpClient(system);
    return runSteps(source, list, { system: { ...system, trace: http.trace }, http, endpoint, mfaToken });
  };
  return { take, system, endpoints: () => endpoints };
}

describe("runSteps()", () => {
  test("returns the source's credentials without a step, and needs no endpoint", async () => {
    const { take, endpoints } = steps([]);
    expect(await take([])).toEqual(source);
    expect(endpoints()).toBe(0);
  });

  test("signs each step with the credentials of the step before", async () => {
    const { take, system } = steps([
      sessionTokenAnswer("ASIAONE"),
      roleAnswer("ASIATWO", "Jump"),
      roleAnswer("ASIATHREE"),
    ]);
    const acquired = await take([sessionStep, roleStep({ roleArn: jumpArn }), roleStep()]);
    expect(system.requests.map(signerOf)).toEqual(["AKIASTART", "ASIAONE", "ASIATWO"]);
    expect(acquired).toMatchObject({
      credentials: { accessKeyId: "ASIATHREE", accountId: "222222222222" },
      kind: "chained-role",
      principal: "arn:aws:sts::222222222222:assumed-role/Deploy/aws-login",
    });
  });

  test("refuses credentials that are over when they arrive, and asks for no more with them", async () => {
    const { take, system } = steps([roleAnswer("ASIAONE", "Jump")], { now: expiresAt });
    const failure = await failureOf(() => take([roleStep({ roleArn: jumpArn }), roleStep()]));
    expect(failure.message).toStartWith(
      `cannot assume role ${jumpArn} (step 1 of 2): what STS gave expired at 2030-01-31T13:00:00Z`,
    );
    expect(system.requests).toHaveLength(1);
  });

  test("asks for a role with its parameters", async () => {
    const { take, system } = steps([roleAnswer("ASIAONE")]);
    expect((await take([roleStep({ externalId: "x1" })])).kind).toBe("role");
    expect(formOf(system.requests[0], "AssumeRole")).toEqual({
      RoleArn: deployArn,
      RoleSessionName: "aws-login",
      ExternalId: "x1",
    });
  });

  test("asks for a session token without parameters, or with seconds and a code", async () => {
    const { take, system } = steps([sessionTokenAnswer("ASIAONE"), sessionTokenAnswer("ASIATWO")]);
    expect(await take([sessionStep])).toMatchObject({
      kind: "session-token",
      principal: "access key ASIAONE of the session token",
    });
    await take([{ ...sessionStep, durationSeconds: 900, mfaSerial: serial }], "012345");
    expect(system.requests.map((request) => formOf(request, "GetSessionToken"))).toEqual([
      {},
      { DurationSeconds: "900", SerialNumber: serial, TokenCode: "012345" },
    ]);
  });

  test("asks for a federation token with a policy that takes nothing away", async () => {
    const { take, system } = steps([federationAnswer("ASIAONE")]);
    expect(await take([{ ...federationStep, durationSeconds: 3600 }])).toMatchObject({
      kind: "federation",
      principal: "arn:aws:sts::111111111111:federated-user/aws-login",
    });
    expect(formOf(system.requests[0], "GetFederationToken")).toEqual({
      Name: "aws-login",
      "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/AdministratorAccess",
      DurationSeconds: "3600",
    });
  });
});

describe("runSteps() with MFA", () => {
  test("uses the given code for the first step that needs one, and asks for the next", async () => {
    const { take, system } = steps([roleAnswer("A"), roleAnswer("B"), roleAnswer("C")], {
      typed: ["654321"],
    });
    const withMfa = roleStep({ mfaSerial: serial });
    await take([roleStep(), withMfa, withMfa], "123456");
    const codes = system.requests.map((request) => formOf(request, "AssumeRole").TokenCode);
    expect(codes).toEqual([undefined, "123456", "654321"]);
    expect(system.questions).toEqual([`Enter MFA code for ${serial}: `]);
  });

  test("runSteps() takes the code that the step's command prints, without a question", async () => {
    const { take, system } = steps([roleAnswer("A")], {
      instead: { runHelper: async () => ({ status: 0, signal: undefined, stdout: "123456\n", stderr: "" }) },
    });
    await take([roleStep({ mfaSerial: serial, mfaProcess: "ykman code" })]);
    expect(system.requests.map((request) => formOf(request, "AssumeRole").TokenCode)).toEqual(["123456"]);
    expect(system.questions).toEqual([]);
  });

  test("asks for no code where no step needs one", async () => {
    const { take, system } = steps([roleAnswer("A")]);
    await take([roleStep()], "123456");
    expect(system.questions).toEqual([]);
  });

  test("names the step that lacks a code, before any request", async () => {
    const { take } = steps([], { typed: [undefined] });
    const failure = await failureOf(() => take([roleStep({ mfaSerial: serial })]));
    expect(failure.message).toBe(
      `cannot assume role ${deployArn}: an MFA code for ${serial} is needed, and there is no terminal to ask for it`,
    );
    expect(failure.notes).toEqual([]);
  });
});

describe("askMfaCodeAhead()", () => {
  const withMfa = roleStep({ mfaSerial: serial });
  const ahead = (taken: readonly Step[], ...typed: readonly (string | undefined)[]) =>
    askMfaCodeAhead(source, taken, { ...fakeSystem({ typed }), trace: () => {} });

  test("askMfaCodeAhead() asks once, for the first step that needs a code", async () => {
    expect(await ahead([roleStep(), withMfa, withMfa], "123456")).toBe("123456");
    expect(await ahead([roleStep()])).toBeUndefined();
  });

  test("askMfaCodeAhead() leaves it to the step where there is no terminal", async () => {
    expect(await ahead([withMfa], undefined)).toBeUndefined();
  });

  test("askMfaCodeAhead() names the step when the typed text is not a code", async () => {
    const failure = await failureOf(() => ahead([roleStep(), withMfa], "12"));
    expect(failure.message).toBe(
      `cannot assume role ${deployArn} (step 2 of 2): an MFA code for ${serial} is needed, and what was typed is not six digits`,
    );
  });
});

describe("runSteps() at a refusal", () => {
  test("stops there and names step, role and caller", async () => {
    const { take } = steps([roleAnswer("ASIAONE", "Jump"), stsError("AccessDenied", "Not you.")]);
    const failure = await failureOf(() => take([roleStep({ roleArn: jumpArn }), roleStep(), roleStep()]));
    expect(failure.message).toBe(`cannot assume role ${deployArn} (step 2 of 3): AccessDenied: Not you.`);
    expect(failure.notes).toEqual([
      "asked as arn:aws:sts::222222222222:assumed-role/Jump/aws-login, request request-2",
    ]);
  });

  test("names the key that asked first and where it came from", async () => {
    const { take } = steps([stsError("InvalidClientTokenId", "Unknown.")]);
    const failure = await failureOf(() => take([sessionStep]));
    expect(failure.notes[0]).toStartWith("asked as access key AKIASTART from the environment, request");
  });
});
