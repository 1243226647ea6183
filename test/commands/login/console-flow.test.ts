import { describe, expect, test } from "bun:test";
import { newDpopKey } from "../../../src/aws/signin/dpop.ts";
import { consoleSignIn } from "../../../src/commands/login/console-flow.ts";
import { failureOf } from "../../support/failure.ts";
import { loginResponse } from "../../support/fake-console-login.ts";
import { caller, json } from "../../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const url = "https://us-east-1.signin.aws.amazon.com";
const state = "07070707-0707-4707-8707-070707070707";
const options = { remote: true, noBrowser: false };
const hour = 3_600_000;

/** A person who pastes the code as often as it is asked for. */
function atTerminal(): FakeSystem {
  const text = Buffer.from(`state=${state}&code=c`).toString("base64");
  return fakeSystem({
    instead: {
      randomBytes: (length) => new Uint8Array(length).fill(7),
      promptPaste: async () => ({ kind: "pasted", text }),
    },
  });
}

/** A refusal by a service whose clock is so many milliseconds ahead. */
function refused(system: FakeSystem, status: number, error: string, ahead: number): void {
  const response = json(status, { error, message: "made-up" });
  response.headers.set("date", new Date(system.now() + ahead).toUTCString());
  system.expect("POST", `${url}/v1/token`, response);
}

async function signIn(system: FakeSystem) {
  return consoleSignIn({ system, caller: caller(system, url), dpopKey: await newDpopKey() }, options, system);
}

describe("consoleSignIn()", () => {
  test("consoleSignIn() begins anew by AWS's clock where the time of this one has spent the code", async () => {
    const system = atTerminal();
    refused(system, 400, "INVALID_REQUEST", hour);
    refused(system, 401, "AUTHCODE_EXPIRED", hour);
    system.expect("POST", `${url}/v1/token`, json(200, loginResponse));
    expect((await signIn(system)).accessKeyId).toBe("ASIAX");
    expect(system.stderrLines.filter((line) => line.includes("clock"))).toEqual([
      "aws-login: this machine's clock is 60 minutes behind AWS's, and the sign-in was refused for it; signing in once more",
    ]);
  });

  test("consoleSignIn() begins anew once only", async () => {
    const system = atTerminal();
    refused(system, 400, "INVALID_REQUEST", hour);
    refused(system, 401, "AUTHCODE_EXPIRED", hour);
    refused(system, 401, "AUTHCODE_EXPIRED", hour);
    expect((await failureOf(() => signIn(system))).serviceError?.code).toBe("AUTHCODE_EXPIRED");
  });

  test("consoleSignIn() does not begin anew where the clock is right", async () => {
    const system = atTerminal();
    refused(system, 401, "AUTHCODE_EXPIRED", 0);
    expect((await failureOf(() => signIn(system))).serviceError?.code).toBe("AUTHCODE_EXPIRED");
  });
});
