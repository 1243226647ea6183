import { describe, expect, test } from "bun:test";
import { carryOut } from "../../src/credentials/carry-out.ts";
import { loadInputs } from "../../src/credentials/inputs.ts";
import { planCredentials } from "../../src/credentials/plan.ts";
import { runEndpoints } from "../../src/settings/endpoints.ts";
import { configPath } from "../config/from-text.ts";
import { failureOf } from "../support/failure.ts";
import { type FakeSystem, fakeSystem, type Reply } from "../support/fake-system.ts";
import { optionsOf } from "../support/options.ts";
import { deployArn } from "../support/plans.ts";
import { formOf, roleAnswer } from "../support/sts-answers.ts";

const serial = "arn:aws:iam::111111111111:mfa/ana";
const config = `[profile p]\ncredential_process = helper\nmfa_serial = ${serial}\n`;

/** A system whose helper prints these members besides long-term keys. */
function withHelper(members: object, answers: readonly Reply[]): FakeSystem {
  const keys = { Version: 1, AccessKeyId: "AKIAHELPER", SecretAccessKey: "made-up", ...members };
  const runHelper = async () => ({ status: 0, signal: undefined, stdout: JSON.stringify(keys), stderr: "" });
  const system = fakeSystem({
    env: { HOME: "/home/me" },
    files: { [configPath]: config },
    instead: { runHelper },
  });
  for (const answer of answers) system.expect("POST", "https://sts.us-east-1.amazonaws.com/", answer);
  return system;
}

async function acquire(system: FakeSystem, ...words: string[]) {
  const request = optionsOf("getcallerid", "--profile", "p", ...words);
  const inputs = await loadInputs(request, system);
  const plan = await planCredentials(inputs);
  const open = { sourcePartition: undefined, instanceRegion: undefined };
  const endpoints = runEndpoints({ ...inputs, ...open, chosen: inputs.region, partition: plan.partition });
  const openMetadata = () => Promise.reject(new Error("no metadata is needed"));
  return carryOut(plan, inputs, {
    system,
    reads: undefined,
    endpoints,
    openMetadata,
    useUrl: undefined,
    portalOpened: () => {},
  });
}

describe("carryOut()", () => {
  test("carryOut() asks the source alone where there are no steps", async () => {
    expect(await acquire(withHelper({}, []))).toMatchObject({ kind: "long-term" });
  });

  test("carryOut() uses MFA for long-term keys of a helper", async () => {
    const system = withHelper({}, [roleAnswer("ASIAONE")]);
    expect(await acquire(system, "--assume-roles", deployArn, "--mfa-token", "123456")).toMatchObject({
      kind: "role",
    });
    expect(formOf(system.requests[0], "AssumeRole")).toMatchObject({
      SerialNumber: serial,
      TokenCode: "123456",
    });
  });

  test("carryOut() plans the steps again for a helper whose keys are temporary: they cannot use MFA", async () => {
    const system = withHelper({ SessionToken: "made-up" }, [roleAnswer("ASIAONE")]);
    const acquired = await acquire(system, "--assume-roles", deployArn, "--mfa-token", "123456");
    expect(acquired).toMatchObject({ kind: "chained-role" });
    expect(formOf(system.requests[0], "AssumeRole")).not.toHaveProperty("SerialNumber");
  });

  test("carryOut() refuses an exchange of a helper's temporary keys", async () => {
    const system = withHelper({ SessionToken: "made-up" }, []);
    const failure = await failureOf(() => acquire(system, "--get-session-token", "--mfa-token", "123456"));
    expect(failure.message).toContain("it needs the long-term keys of a user");
  });
});
