import { describe, expect, test } from "bun:test";
import { unexpectedResponse } from "../../../src/aws/http/unexpected-response.ts";

describe("unexpectedResponse()", () => {
  const url = new URL("https://sts.us-east-1.amazonaws.com/");
  const cases: Record<string, [status: number, headers: Record<string, string>, message: string]> = {
    "tells a redirect": [
      302,
      { location: "https://portal.example/" },
      "sts.us-east-1.amazonaws.com answered with a redirect (302), which is not followed",
    ],
    "tells a proxy that wants a password": [
      407,
      {},
      "sts.us-east-1.amazonaws.com wants a user name and a password (407)",
    ],
    "names the coding of an answer": [
      200,
      { "content-encoding": "gzip" },
      "sts.us-east-1.amazonaws.com packed its answer (gzip), which it was not asked for",
    ],
    "does not repeat a coding that is no name of one": [
      200,
      { "content-encoding": "made-up secret" },
      "sts.us-east-1.amazonaws.com packed its answer (in some way), which it was not asked for",
    ],
    "takes any other for too large": [
      200,
      { "content-encoding": "identity" },
      "sts.us-east-1.amazonaws.com sent more than any answer of AWS holds",
    ],
    "takes an error for too large, whatever its coding": [
      500,
      { "content-encoding": "gzip" },
      "sts.us-east-1.amazonaws.com sent more than any answer of AWS holds",
    ],
  };
  test.each(Object.entries(cases))("%s", (_, [status, headers, message]) => {
    const failure = unexpectedResponse({ status, headers: new Headers(headers) }, url, undefined);
    expect([failure.kind, failure.message]).toEqual(["failed", message]);
    expect(failure.hints).toHaveLength(1);
  });
});
