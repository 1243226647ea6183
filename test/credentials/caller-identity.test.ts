import { describe, expect, test } from "bun:test";
import { askCallerIdentity } from "../../src/credentials/caller-identity.ts";
import { failureOf } from "../support/failure.ts";
import { fakeIdentity } from "../support/fake-identity.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { callerAnswer, formOf, signerOf, stsError } from "../support/sts-answers.ts";

const url = "https://sts.us-east-1.amazonaws.com/";

describe("askCallerIdentity()", () => {
  test("asks STS with the acquired credentials", async () => {
    const system = fakeSystem();
    system.expect("POST", url, callerAnswer());
    expect(await askCallerIdentity(fakeIdentity(system))).toMatchObject({ account: "111111111111" });
    expect(formOf(system.requests[0], "GetCallerIdentity")).toEqual({});
    expect(signerOf(system.requests[0])).toBe("ASIAMADEUP");
  });

  test("names the principal and the request, and has a hint", async () => {
    const system = fakeSystem();
    system.expect("POST", url, stsError("ExpiredToken", "The token has expired."));
    const failure = await failureOf(() => askCallerIdentity(fakeIdentity(system)));
    expect(failure.message).toBe("cannot get the caller identity: ExpiredToken: The token has expired.");
    expect(failure.notes).toEqual([
      "asked as arn:aws:sts::222222222222:assumed-role/Deploy/aws-login, request request-2",
    ]);
    expect(failure.hints).toEqual([
      "the credentials of the caller have expired: renew them where they came from",
    ]);
    expect(failure.serviceError?.code).toBe("ExpiredToken");
  });

  test("keeps the hint of a network failure, and names no principal", async () => {
    const system = fakeSystem();
    const refused = Object.assign(new TypeError("refused"), { code: "ECONNREFUSED" });
    for (let attempt = 1; attempt <= 3; attempt++) system.expect("POST", url, refused);
    const failure = await failureOf(() => askCallerIdentity(fakeIdentity(system)));
    expect(failure.message).toEndWith("sts.us-east-1.amazonaws.com: the connection was refused");
    expect(failure.notes).toEqual([]);
    expect(failure.hints).toEqual(["check the network; behind a proxy, set HTTPS_PROXY"]);
  });
});
