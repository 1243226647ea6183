import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { start } from "../end-to-end/support/run.ts";
import { scenario } from "../end-to-end/support/scene.ts";
import { hasSecretService, withSecretService } from "../end-to-end/support/secret-service.ts";
import { root } from "../support/source-tree.ts";

const code = `
import { keyStore } from ${JSON.stringify(join(root, "src/system/key-store.ts"))};
const found = [await keyStore.read("key one")];
await keyStore.write("key one", "made-up");
found.push(await keyStore.read("key one"), await keyStore.read("key two"));
await keyStore.remove("key one");
await keyStore.remove("key one");
console.log(JSON.stringify([...found, await keyStore.read("key one")]));
`;

describe.skipIf(!hasSecretService)("keyStore (needs gnome-keyring, dbus and libsecret)", () => {
  scenario("keyStore finds what it wrote, by its name, until it is removed", async (scene) => {
    await withSecretService(scene, async ({ env }) => {
      const { status, stdout, stderr } = await start(
        [process.execPath, "-e", code],
        { ...scene.env, ...env },
        scene.work,
      ).ended;
      expect([status, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout)).toEqual([null, "made-up", null, null]);
    });
  });
});

test.skipIf(process.platform !== "linux")("keyStore rejects where there is no key store", async () => {
  const env = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/none", AWS_EC2_METADATA_DISABLED: "true" };
  const { status, stdout, stderr } = await start([process.execPath, "-e", code], env, root).ended;
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("ERR_SECRETS_PLATFORM_ERROR");
});
