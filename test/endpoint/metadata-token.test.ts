import { expect, test } from "bun:test";
import { issueToken, isValidToken, longestToken, tokenLife } from "../../src/endpoint/metadata-token.ts";

const key = new Uint8Array(32).fill(1);

test("isValidToken() takes an issued token until its end", () => {
  const token = issueToken(key, 1_000);
  expect(isValidToken(token, key, 999)).toBe(true);
  expect(isValidToken(token, key, 1_000)).toBe(false);
});

test("isValidToken() refuses a token of another key or another end, and no token", () => {
  const token = issueToken(key, 1_000);
  expect(isValidToken(token, new Uint8Array(32), 0)).toBe(false);
  expect(isValidToken(token.replace("1000", "2000"), key, 0)).toBe(false);
  expect(isValidToken("", key, 0)).toBe(false);
  expect(isValidToken(`${token}0`, key, 0)).toBe(false);
});

test("tokenLife() takes the seconds that EC2 takes", () => {
  expect([tokenLife("1"), tokenLife("21600"), longestToken]).toEqual([1, 21_600, 21_600]);
  for (const refused of [undefined, "", "0", "21601", "-1", "1.5", "1e3", " 5"])
    expect(tokenLife(refused)).toBeUndefined();
});
