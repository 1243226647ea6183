import { describe, expect, test } from "bun:test";
import { unusableResponse } from "../../../src/aws/http/unusable-response.ts";

describe("unusableResponse()", () => {
  const host = "sts.us-east-1.amazonaws.com";
  const url = new URL(`https://${host}/`);
  const cases: Record<string, [status: number, headers: Record<string, string>, message: string]> = {
    "names a redirect": [
      302,
      { location: "https://portal.example/" },
      `${host} responded with a redirect (302), which is not followed`,
    ],
    "names a proxy that wants a password": [407, {}, `${host} wants a user name and a password (407)`],
    "names a proxy that wants another scheme than Basic": [
      407,
      { "proxy-authenticate": "NTLM" },
      `${host} offers only NTLM to sign in with, and this program only Basic (407)`,
    ],
    "names the coding of a compressed response": [
      200,
      { "content-encoding": "gzip" },
      `${host} sent a compressed response (gzip), which the request did not accept`,
    ],
    "does not repeat a coding that has not the form of one": [
      200,
      { "content-encoding": "made-up secret" },
      `${host} sent a compressed response, which the request did not accept`,
    ],
    "takes any other for too large": [
      200,
      { "content-encoding": "identity" },
      `${host} sent more than any response of AWS holds`,
    ],
    "takes an error for too large, whatever its coding": [
      500,
      { "content-encoding": "gzip" },
      `${host} sent more than any response of AWS holds`,
    ],
  };
  test.each(Object.entries(cases))("unusableResponse() %s", (_, [status, headers, message]) => {
    const failure = unusableResponse({ status, headers: new Headers(headers) }, url, undefined);
    expect([failure.kind, failure.message]).toEqual(["failed", message]);
    expect(failure.hints).toHaveLength(1);
  });
});
