import { describe, expect, test } from "bun:test";
import { refuseGivenExpired } from "../../../src/credentials/sources/expired-response.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

/** Seconds from noon, by this machine's clock, to the end of the credentials and to the time AWS told. */
const judge = (end: number | undefined, offset = 0) => {
  const http = { ...fakeHttpClient(fakeSystem()), clockOffset: offset * 1000 };
  const keys = { accessKeyId: "ASIAGIVEN", secretAccessKey: "made-up" };
  const credentials = end === undefined ? keys : { ...keys, expiration: noon + end * 1000 };
  return () => refuseGivenExpired(credentials, "STS", http);
};

describe("refuseGivenExpired()", () => {
  const good: Record<string, [end: number | undefined, offset: number]> = {
    "do not end": [undefined, 0],
    "end in a second": [1, 0],
    "end later than AWS's own clock says": [-3000, -3600],
  };
  test.each(Object.entries(good))("refuseGivenExpired() takes credentials that %s", (_, [end, offset]) => {
    expect(judge(end, offset)).not.toThrow();
  });

  const over: Record<string, [end: number, offset: number, message: string]> = {
    "ended a second ago": [
      -1,
      0,
      "what STS gave expired at 2030-01-31T11:59:59Z, and it is now 2030-01-31T12:00:00Z",
    ],
    "ended by AWS's own clock": [
      60,
      120,
      "what STS gave expired at 2030-01-31T12:01:00Z, and it is now 2030-01-31T12:02:00Z",
    ],
  };
  test.each(Object.entries(over))(
    "refuseGivenExpired() refuses those that %s",
    (_, [end, offset, message]) => {
      expect(judge(end, offset)).toThrow(message);
    },
  );
});
