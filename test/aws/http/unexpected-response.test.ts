import { describe, expect, test } from "bun:test";
import { readJsonError } from "../../../src/aws/http/json-error.ts";
import {
  incompleteResponse,
  isServicesOwn,
  responseShape,
  unexpectedResponse,
  unexpectedResponseHint,
  withoutCode,
} from "../../../src/aws/http/unexpected-response.ts";
import { shownText } from "../../support/failure.ts";

function page(status: number, body: string) {
  return { status, body, headers: new Headers({ "content-type": "text/html; x" }) };
}

describe("unexpectedResponse()", () => {
  test("unexpectedResponse() describes the response without its body", () => {
    const failure = unexpectedResponse("ListAccounts", page(200, "made-up secret"), "is not a JSON object");
    expect(failure.message).toBe(
      "the response to ListAccounts (status 200, text/html, 14 characters) is not a JSON object",
    );
    expect(shownText(failure)).not.toContain("made-up");
    expect(failure.hints).toEqual([unexpectedResponseHint]);
  });

  test("unexpectedResponse() keeps the cause and the service error it is given", () => {
    const cause = new Error("made up");
    const serviceError = withoutCode(502);
    const failure = unexpectedResponse("Act", page(502, ""), "is a page", { cause, serviceError });
    expect(failure).toMatchObject({ cause, serviceError: { code: "HTTP 502", message: "", status: 502 } });
  });

  test("unexpectedResponseHint names what may have sent the response", () => {
    expect(unexpectedResponseHint).toContain("a captive portal, a proxy, or a wrong endpoint URL");
  });
});

test("incompleteResponse() names the operation and the missing member, and has the status", () => {
  expect(incompleteResponse("Act", "a name")).toMatchObject({
    kind: "failed",
    message: "the response to Act lacks a name",
    serviceError: { status: 200 },
  });
});

test("isServicesOwn() tells an error of the service from one of a proxy on the way", () => {
  const bodies = ['{"message":"No access","__type":"ForbiddenException"}', "<html>", "", '{"message":"no"}'];
  const errors = bodies.map((body) => readJsonError("X", page(403, body), []).serviceError);
  expect(errors.map((error) => error && isServicesOwn(error))).toEqual([true, false, false, false]);
});

describe("responseShape()", () => {
  const shapes: Record<string, [type: string | undefined, body: string, shape: string]> = {
    "tells the type without its parameters": [
      "text/html; charset=utf-8",
      "<html>",
      "text/html, 6 characters",
    ],
    "tells that there is no type": [undefined, "", "no content type, 0 characters"],
    "does not repeat a header that is not a media type": [
      "made-up-secret",
      "x",
      "no content type, 1 characters",
    ],
  };
  for (const [name, [type, body, shape]] of Object.entries(shapes)) {
    test(`responseShape() ${name}`, () => {
      const headers = new Headers(type === undefined ? {} : { "content-type": type });
      expect(responseShape({ headers, body })).toBe(shape);
    });
  }
});
