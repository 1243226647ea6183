import { describe, expect, test } from "bun:test";
import { errorCode, readJsonError } from "../../../src/aws/http/json-error.ts";
import { shownText } from "../../support/failure.ts";

const response = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  body,
  headers: new Headers({ "content-type": "application/json", ...headers }),
});

describe("errorCode()", () => {
  const cases: Record<string, [string | undefined, Record<string, unknown> | undefined, string | undefined]> =
    {
      "takes the header first": ["UnauthorizedException", { __type: "Other" }, "UnauthorizedException"],
      "cuts what follows a colon in the header": [
        "ForbiddenException:http://internal/",
        {},
        "ForbiddenException",
      ],
      "cuts the namespace of the body's type": [
        undefined,
        { __type: "com.amazonaws.switchboard.portal#UnauthorizedException" },
        "UnauthorizedException",
      ],
      "takes code before Code before __type": [undefined, { Code: "b", __type: "c", code: "a" }, "a"],
      "takes the error of OAuth last": [undefined, { error: "invalid_grant" }, "invalid_grant"],
      "skips a member that is not text": [undefined, { code: 7, error: "slow_down" }, "slow_down"],
      "skips text that cannot be a code": ["two words", { code: "" }, undefined],
      "finds none without a header and a body": [undefined, undefined, undefined],
    };
  for (const [name, [header, body, code]] of Object.entries(cases)) {
    test(`errorCode() ${name}`, () => {
      expect(errorCode(header, body)).toBe(code);
    });
  }
});

describe("readJsonError()", () => {
  test("readJsonError() has the code, the message, the status and the request id", () => {
    const failure = readJsonError(
      "GetRoleCredentials",
      response(403, '{"message":"No access","__type":"ForbiddenException"}', { "x-amzn-requestid": "r-1" }),
      [],
    );
    expect(failure.message).toBe("ForbiddenException: No access");
    expect(failure.serviceError).toEqual({
      code: "ForbiddenException",
      message: "No access",
      status: 403,
      requestId: "r-1",
    });
  });

  test("readJsonError() leaves secrets out, and puts the message on one bounded line", () => {
    const failure = readJsonError(
      "CreateToken",
      response(
        400,
        JSON.stringify({ error: "invalid_grant", error_description: `bad canary-1\n${"x".repeat(999)}` }),
      ),
      ["canary-1"],
    );
    expect(shownText(failure)).not.toContain("canary-1");
    expect(failure.message).not.toContain("\n");
    expect(failure.message.length).toBeLessThan(400);
  });

  test("readJsonError() spells out characters that could drive a terminal", () => {
    const body = JSON.stringify({ __type: "X", message: "a\u001b[2Jb\u202ec" });
    expect(readJsonError("Act", response(400, body), []).message).toBe("X: a\\u{1b}[2Jb\\u{202e}c");
  });

  test("readJsonError() reports the status and the request id of a page, and nothing of its body", () => {
    const failure = readJsonError(
      "ListAccounts",
      response(401, "<html>hello</html>", { "x-amzn-requestid": "r-2" }),
      [],
    );
    expect(failure.serviceError).toEqual({ code: "HTTP 401", message: "", status: 401, requestId: "r-2" });
    expect(failure.message).toBe(
      "the response to ListAccounts (status 401, application/json, 18 characters) names no error of AWS's",
    );
    expect(shownText(failure)).not.toContain("hello");
  });
});
