import { expect, test } from "bun:test";
import { assumedLife, endpointCredentials } from "../../src/endpoint/endpoint-credentials.ts";
import { failureOf } from "../support/failure.ts";

const keys = { accessKeyId: "ASIA1", secretAccessKey: "made-up", sessionToken: "made-up-token" };
const identity = { principal: "AKIA1 (the environment)", http: { clockOffset: 0 } };

test("endpointCredentials() tells the end by this machine's clock", () => {
  const given = { ...identity, credentials: { ...keys, expiration: 10_000 }, http: { clockOffset: 3_000 } };
  expect(endpointCredentials(given, 1_000)).toMatchObject({ acquired: 1_000, expires: 7_000 });
});

test("endpointCredentials() lets a clock that AWS's Date contradicts lengthen a life only where nothing is left of it", () => {
  const hour = 3_600_000;
  const expiresAt = (now: number, clockOffset: number) =>
    endpointCredentials(
      { ...identity, credentials: { ...keys, expiration: hour }, http: { clockOffset } },
      now,
    ).expires;
  // This clock is right, and the Date is an hour behind.
  expect(expiresAt(1_000, -hour)).toBe(hour);
  // This clock is two hours ahead. The Date has whole seconds, so the end may be up to a second earlier than it tells.
  expect(expiresAt(2 * hour, -2 * hour)).toBe(3 * hour - 1_000);
});

test("endpointCredentials() tells the end in whole seconds, as SDKs read it", () => {
  const given = { ...identity, credentials: { ...keys, expiration: 10_000 }, http: { clockOffset: 2_100 } };
  expect(endpointCredentials(given, 1_000).expires).toBe(7_000);
});

test("endpointCredentials() assumes an hour where nothing tells the end", () => {
  expect(endpointCredentials({ ...identity, credentials: keys }, 1_000).expires).toBe(1_000 + assumedLife);
});

test("endpointCredentials() refuses long-term keys, and names the option that exchanges them", async () => {
  const { sessionToken: _, ...credentials } = keys;
  const failure = await failureOf(async () => endpointCredentials({ ...identity, credentials }, 0));
  expect(failure.kind).toBe("usage");
  expect(failure.message).toBe(
    "cannot serve the long-term keys of AKIA1 (the environment): from an endpoint SDKs want credentials that end",
  );
  expect(failure.hints).toEqual(["exchange them for a session: add --get-session-token"]);
});
