import { expect, test } from "bun:test";
import { secretsOf } from "../../src/sso/sealed-text.ts";
import { failureOf } from "../support/failure.ts";

const folder = "/home/me/.aws-login";
const path = `${folder}/tokens/a.json`;
const key = {
  id: "k",
  key: await crypto.subtle.importKey("raw", new Uint8Array(32), "AES-GCM", false, ["encrypt", "decrypt"]),
};
const secrets = secretsOf({ randomBytes: (length) => new Uint8Array(length).fill(7) }, folder, {
  stored: async (id) => {
    expect(id).toBe("k");
    return key;
  },
});
const text = JSON.stringify({
  accessToken: "a",
  refreshToken: "made-up-refresh",
  clientSecret: "made-up-secret",
});

test("sealed() seals every secret, and opened() opens it", async () => {
  const sealed = await secrets.sealed(path, text, key);
  expect(sealed).not.toMatch(/made-up/);
  expect(JSON.parse(sealed).accessToken).toBe("a");
  expect(await secrets.sealed(path, sealed, key)).toBe(sealed);
  expect(JSON.parse(await secrets.opened(path, sealed))).toEqual(JSON.parse(text));
});

test("opened() refuses what was sealed for another file", async () => {
  const sealed = await secrets.sealed(path, text, key);
  const other = `${folder}/tokens/b.json`;
  expect((await failureOf(() => secrets.opened(other, sealed))).message).toBe(
    `cannot open refreshToken in ${other}: it is not what was sealed there`,
  );
});
