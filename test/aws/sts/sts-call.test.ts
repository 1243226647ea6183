import { describe, expect, test } from "bun:test";
import { callSts } from "../../../src/aws/sts/sts-call.ts";
import { textOf } from "../../../src/aws/sts/xml.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";
import {
  callerAnswer,
  stsEndpoint as endpoint,
  madeUpSecret,
  madeUpToken,
  signerOf,
  stsError,
  stsUrl as url,
} from "../../support/sts-answers.ts";

const credentials = { accessKeyId: "ASIAMADEUP", secretAccessKey: madeUpSecret, sessionToken: madeUpToken };
const action = "GetCallerIdentity";
const late = (minutes: number) => ({ date: new Date(noon + minutes * 60_000).toUTCString() });

describe("callSts()", () => {
  test("callSts() returns the result element of the operation", async () => {
    const system = fakeSystem();
    system.expect("POST", url, callerAnswer());
    const result = await callSts({ http: fakeHttpClient(system), endpoint, credentials }, action, []);
    expect(textOf(result, "Account")).toBe("111111111111");
  });

  test("callSts() writes the form with every sign that is not plain as percent and two digits", async () => {
    const system = fakeSystem();
    system.expect("POST", url, callerAnswer());
    await callSts({ http: fakeHttpClient(system), endpoint, credentials }, action, [
      ["Policy", '{"a": "b c~*"}\'é'],
    ]);
    expect(system.requests[0]?.body).toBe(
      "Action=GetCallerIdentity&Version=2011-06-15&Policy=%7B%22a%22%3A%20%22b%20c~%2A%22%7D%27%C3%A9",
    );
  });

  test("callSts() signs with the credentials it is given, session token included", async () => {
    const system = fakeSystem();
    system.expect("POST", url, callerAnswer());
    await callSts({ http: fakeHttpClient(system), endpoint, credentials }, action, []);
    const [request] = system.requests;
    expect(signerOf(request)).toBe("ASIAMADEUP");
    expect(request?.headers.Authorization).toContain("/eu-west-1/sts/aws4_request");
    expect(request?.headers["x-amz-security-token"]).toBe(madeUpToken);
  });

  test("callSts() signs nothing without credentials", async () => {
    const system = fakeSystem();
    system.expect("POST", url, callerAnswer());
    await callSts({ http: fakeHttpClient(system), endpoint }, action, []);
    expect(Object.keys(system.requests[0]?.headers ?? {}).join()).not.toMatch(/authorization|amz/i);
  });

  test("callSts() corrects its clock once from the server's date, for this call and the rest of the run", async () => {
    const system = fakeSystem();
    system.expect("POST", url, stsError("SignatureDoesNotMatch", "Signature expired", 403, late(20)));
    system.expect("POST", url, callerAnswer());
    const http = fakeHttpClient(system);
    await callSts({ http, endpoint, credentials }, action, []);
    expect(http.clockOffset).toBe(20 * 60_000);
    expect(system.sleeps).toEqual([]);
    expect(http.traced.join("\n")).toContain("the local clock is 1200 s behind AWS's");
  });

  test("callSts() learns the time from the response to an unsigned request, and from no other", async () => {
    for (const [minutes, signed, learnt] of [
      [-60, false, -60 * 60_000],
      [-60, true, 0],
      [2, false, 0],
    ] as const) {
      const system = fakeSystem();
      const response = callerAnswer();
      response.headers.set("date", late(minutes).date);
      system.expect("POST", url, response);
      const http = fakeHttpClient(system);
      await callSts({ http, endpoint, ...(signed ? { credentials } : {}) }, action, []);
      expect(http.clockOffset).toBe(learnt);
    }
  });

  test("callSts() never sends an MFA code twice", async () => {
    for (const refusal of [
      stsError("Throttling", "slow down", 400),
      stsError("SignatureDoesNotMatch", "wrong secret", 403, late(0)),
      new Response("", { status: 500 }),
    ]) {
      const system = fakeSystem();
      system.expect("POST", url, refusal);
      await failureOf(() =>
        callSts({ http: fakeHttpClient(system), endpoint, credentials }, action, [["TokenCode", "123456"]]),
      );
      expect(system.requests).toHaveLength(1);
    }
  });

  test("callSts() removes every secret of the request from the message of STS", async () => {
    const system = fakeSystem();
    const told = `not with ${madeUpSecret}, ${madeUpToken} or made-up-jwt`;
    system.expect("POST", url, stsError("AccessDenied", told));
    const failure = await failureOf(() =>
      callSts({ http: fakeHttpClient(system), endpoint, credentials }, action, [
        ["WebIdentityToken", "made-up-jwt"],
      ]),
    );
    expect(shownText(failure)).not.toContain("made");
  });

  test("callSts() does not take the result of another operation for its own", async () => {
    const system = fakeSystem();
    system.expect("POST", url, callerAnswer());
    const failure = await failureOf(() =>
      callSts({ http: fakeHttpClient(system), endpoint, credentials }, "AssumeRole", []),
    );
    expect(failure.message).toContain("is not one of STS");
  });
});

describe("callSts() sends the request again", () => {
  const role = "AssumeRole";
  const fault = (code: string) => Object.assign(new TypeError(code), { code });
  /** The response begins, and its body breaks off. */
  const brokenOff = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.error(fault("ECONNRESET"));
        },
      }),
    );

  test.each([
    ["a throttling code", stsError("Throttling", "Rate exceeded", 400)],
    ["a server's failure", new Response("<html>", { status: 503 })],
    ["a refused connection", fault("ECONNREFUSED")],
    ["a response that broke off", brokenOff()],
  ])("after %s, and every attempt has a date of its own", async (_, first) => {
    const system = fakeSystem({ random: 0.9999 });
    system.expect("POST", url, first);
    system.expect("POST", url, callerAnswer());
    await callSts({ http: fakeHttpClient(system), endpoint, credentials }, action, []);
    expect(system.sleeps).toEqual([1000]);
    const dates = system.requests.map(({ headers }) => headers["x-amz-date"]);
    expect(dates).toEqual(["20300131T120000Z", "20300131T120001Z"]);
  });

  test.each([
    ["a refusal", stsError("AccessDenied", "Not you."), "AccessDenied: Not you."],
    ["a response that cannot be read", new Response("<html>"), "a web page"],
  ])("never after %s", async (_, response, says) => {
    const system = fakeSystem();
    system.expect("POST", url, response);
    const http = fakeHttpClient(system);
    const failure = await failureOf(() => callSts({ http, endpoint, credentials }, action, []));
    expect(failure.message).toContain(says);
    expect(system.sleeps).toEqual([]);
  });

  test("with an MFA code that cannot have arrived", async () => {
    const system = fakeSystem();
    system.expect("POST", url, fault("ECONNREFUSED"));
    system.expect("POST", url, stsError("AccessDenied", "Not you."));
    const parameters = [["TokenCode", "123456"]] as const;
    const http = fakeHttpClient(system);
    const failure = await failureOf(() => callSts({ http, endpoint, credentials }, role, parameters));
    expect(failure.serviceError?.code).toBe("AccessDenied");
  });

  test("with the server's time and the same MFA code, which a refused signature does not spend", async () => {
    const system = fakeSystem();
    const expired = () => stsError("SignatureDoesNotMatch", "Signature expired", 403, late(20));
    system.expect("POST", url, expired());
    system.expect("POST", url, callerAnswer());
    const http = fakeHttpClient(system);
    await callSts({ http, endpoint, credentials }, action, [["TokenCode", "123456"]]);
    expect(system.requests.map(({ headers }) => headers["x-amz-date"])).toEqual([
      "20300131T120000Z",
      "20300131T122000Z",
    ]);
    expect(system.sleeps).toEqual([]);
  });

  test("never with an MFA code once a response began", async () => {
    const system = fakeSystem();
    system.expect("POST", url, brokenOff());
    const parameters = [["TokenCode", "123456"]] as const;
    const http = fakeHttpClient(system);
    const failure = await failureOf(() => callSts({ http, endpoint, credentials }, role, parameters));
    expect(failure.message).toContain("closed before the whole response");
  });

  test("with the server's time, once, when the clock was wrong", async () => {
    const system = fakeSystem();
    system.expect(
      "POST",
      url,
      stsError("SignatureDoesNotMatch", "Signature not yet current", 403, late(-20)),
    );
    system.expect("POST", url, stsError("SignatureDoesNotMatch", "wrong secret", 403, late(-40)));
    const http = fakeHttpClient(system);
    const failure = await failureOf(() => callSts({ http, endpoint, credentials }, action, []));
    expect(failure.message).toBe("SignatureDoesNotMatch: wrong secret");
    expect(system.requests.map(({ headers }) => headers["x-amz-date"])).toEqual([
      "20300131T120000Z",
      "20300131T114000Z",
    ]);
    expect(http.traced.join("\n")).toContain("the local clock is 1200 s ahead of AWS's");
  });
});
