import { describe, expect, test } from "bun:test";
import {
  changeSecrets,
  isSealed,
  keyIdOf,
  openValue,
  type SealingKey,
  sealValue,
  secretsIn,
} from "../../src/sso/sealed-member.ts";

async function newKey(id: string): Promise<SealingKey> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return { id, key: await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]) };
}

const one = await newKey("one");
const place = "tokens/a.json:refreshToken";
const nonce = new Uint8Array(12).fill(7);

describe("sealValue()", () => {
  test("hides the value and names the key that opens it", async () => {
    const sealed = await sealValue(one, "made-up-refresh", place, nonce);
    expect(sealed).toMatch(/^sealed:1:one:[\w-]+$/);
    expect(Buffer.from(sealed.slice("sealed:1:one:".length), "base64url").toString()).not.toContain(
      "made-up",
    );
    expect([isSealed(sealed), keyIdOf(sealed)]).toEqual([true, "one"]);
    expect(await openValue(one, sealed, place)).toBe("made-up-refresh");
  });

  test("takes every text", async () => {
    for (const value of ["é\u0000\ud83d\ude00", "x".repeat(20_000)]) {
      expect(await openValue(one, await sealValue(one, value, place, nonce), place)).toBe(value);
    }
  });
});

describe("openValue()", () => {
  test("opens nothing that was sealed for another place, under another key, or changed", async () => {
    const sealed = await sealValue(one, "made-up-refresh", place, nonce);
    expect(await openValue(one, sealed, "tokens/b.json:refreshToken")).toBeUndefined();
    expect(await openValue({ ...(await newKey("one")) }, sealed, place)).toBeUndefined();
    // Not the last character, of which only some bits count.
    const changed = sealed.at(-8) === "A" ? "B" : "A";
    for (const other of [
      `${sealed.slice(0, -8)}${changed}${sealed.slice(-7)}`,
      "sealed:1:one:",
      "sealed:1:one:AAAA",
    ]) {
      expect(await openValue(one, other, place)).toBeUndefined();
    }
  });
});

test("secretsIn() tells plain from sealed secrets, and sees none in other texts", () => {
  expect(secretsIn('{"accessToken": "t", "refreshToken": "r"}')).toEqual({ plain: true, sealed: false });
  expect(secretsIn('{"clientSecret": "sealed:1:a:b"}')).toEqual({ plain: false, sealed: true });
  expect(secretsIn('{"clientSecret": "s", "refreshToken": "sealed:1:a:b"}')).toEqual({
    plain: true,
    sealed: true,
  });
  for (const text of ["", "[]", "{", '{"accessToken": "t"}', '{"refreshToken": ""}', '{"refreshToken": 1}']) {
    expect(secretsIn(text)).toEqual({ plain: false, sealed: false });
  }
});

test("changeSecrets() changes refresh token and client secret, and leaves other members and the order", async () => {
  const text =
    '{"other": [1], "refreshToken": "r", "accessToken": "t", "clientSecret": "s", "clientId": "i"}';
  const changed = await changeSecrets(text, async (name, value) => `${name}/${value}`);
  expect(changed).toBe(
    '{"other": [1], "refreshToken": "refreshToken/r", "accessToken": "t", "clientSecret": "clientSecret/s", "clientId": "i"}',
  );
  expect(await changeSecrets("no object", async () => "x")).toBe("no object");
});
