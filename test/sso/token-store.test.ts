import { expect, test } from "bun:test";
import { memoryTokenStore } from "../../src/sso/token-store.ts";

test("memoryTokenStore() serves what was written last, and tells of it", async () => {
  const told: string[] = [];
  const initial = { accessToken: "a", expiresAt: "x", fields: { more: 1 } };
  const store = memoryTokenStore(initial, ({ accessToken }) => told.push(accessToken));
  expect(await store.readToken()).toEqual(initial);
  await store.writeToken({ accessToken: "b", expiresAt: "y" });
  expect(await store.readToken()).toEqual({ accessToken: "b", expiresAt: "y", fields: { more: 1 } });
  expect(told).toEqual(["b"]);
  await store.removeToken();
  expect(await store.readToken()).toBeUndefined();
});

test("memoryTokenStore() stores no client, and shares nothing", async () => {
  const store = memoryTokenStore(undefined);
  await store.writeRegistration("device", { clientId: "id", clientSecret: "s", expiresAt: "x" });
  await store.removeRegistration("device");
  expect(await store.readRegistration("device")).toBeUndefined();
  expect(store.sharedName).toBeUndefined();
});
