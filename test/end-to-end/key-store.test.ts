/** AWS_LOGIN_STORE with the real Secret Service, and without one. */
import { describe, expect } from "bun:test";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { hasSecretService, withSecretService } from "./support/secret-service.ts";
import { operations, role, startUrl } from "./support/sign-ins.ts";

const login = [
  "login",
  "--start-url",
  startUrl,
  "--sso-region",
  "us-east-1",
  "--use-device-code",
  "--no-browser",
];
const helper = ["dumpcreds", "--credential-helper", "--use-cache", "--start-url", startUrl, ...role];
const options = { only: "linux", signInSettings: { autoApprove: true } } as const;
const keychain = { AWS_LOGIN_STORE: "keychain" };

/** The one file in a folder of the own cache. */
async function onlyFile(scene: Scene, folder: string): Promise<string> {
  const path = join(scene.home, ".aws-login", folder);
  const names = (await readdir(path)).filter((name) => name.endsWith(".json"));
  expect(names).toHaveLength(1);
  return join(path, names[0] ?? "");
}

/** Makes the stored access token end a minute ago, so that the next run needs the refresh token. */
async function expire(scene: Scene): Promise<void> {
  const path = await onlyFile(scene, "tokens");
  const token = await Bun.file(path).json();
  const expiresAt = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, "Z");
  await Bun.write(path, JSON.stringify({ ...token, expiresAt }));
}

/** Every file of the own cache that has this text. */
async function filesWith(scene: Scene, text: string): Promise<string[]> {
  const folder = join(scene.home, ".aws-login");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await Bun.file(path).text()).includes(text)) found.push(path);
  }
  return found;
}

describe.skipIf(!hasSecretService)("the Secret Service (needs gnome-keyring, dbus and libsecret)", () => {
  scenario(
    "seals a plain sign-in at its first use, renews it sealed, and opens it again",
    async (scene) => {
      await withSecretService(scene, async ({ env }) => {
        const run = (args: readonly string[], more: Environment) => scene.run(args, { ...env, ...more });
        expect((await run(login, {})).status).toBe(0);
        const plain = await Bun.file(await onlyFile(scene, "tokens")).json();
        expect(await filesWith(scene, plain.clientSecret)).toHaveLength(2);

        const first = await run(helper, keychain);
        expect([first.status, first.stderr]).toEqual([0, ""]);
        for (const secret of [plain.refreshToken, plain.clientSecret]) {
          expect(await filesWith(scene, secret)).toEqual([]);
        }
        await expire(scene);
        const renewed = await run([...helper, "--region", "eu-west-1"], keychain);
        expect([renewed.status, renewed.stderr]).toEqual([0, ""]);
        expect(operations(scene).at(-2)).toBe("CreateToken 200");
        const sealed = await Bun.file(await onlyFile(scene, "tokens")).json();
        expect(sealed.refreshToken).toStartWith("sealed:1:");

        const opened = await run(["getcallerid", "--use-cache", "--start-url", startUrl, ...role], {
          AWS_LOGIN_STORE: "file",
        });
        expect([opened.status, opened.stderr]).toEqual([0, ""]);
        expect(await filesWith(scene, "sealed:1:")).toEqual([]);
        expect(existsSync(join(scene.home, ".aws-login/store.json"))).toBe(false);
        // The token that was renewed under the seal is the one that serves now.
        await expire(scene);
        expect((await run([...helper, "--region", "us-west-2"], {})).status).toBe(0);
      });
    },
    options,
  );

  scenario(
    "that is locked is an error where a refresh token is needed, and is not asked for a cached answer",
    async (scene) => {
      await withSecretService(scene, async ({ env, lock, freeze }) => {
        const run = (args: readonly string[]) => scene.run(args, { ...env, ...keychain });
        expect((await run(login)).status).toBe(0);
        const answer = await run(helper);
        expect([answer.status, answer.stderr]).toEqual([0, ""]);
        await lock();
        expect(await run(helper)).toEqual(answer);
        await expire(scene);
        const needed = await run([...helper, "--region", "eu-west-1"]);
        expect([needed.status, needed.stdout]).toEqual([1, ""]);
        expect(needed.stderr).toContain(
          "cannot open the stored sign-ins: the system's key store is locked, or its key for aws-login was removed\n",
        );
        // Behind a helper the program gives up after five seconds.
        freeze();
        const late = await run([...helper, "--region", "eu-west-1"]);
        expect([late.status, late.stdout]).toEqual([1, ""]);
        expect(late.stderr).toContain("cannot use the system's key store: no answer within 5 seconds\n");
      });
    },
    options,
  );

  scenario(
    "that is missing ends a sign-in before a person goes through it, and nothing is stored plain",
    async (scene) => {
      const bus = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(scene.root, "no-bus")}` };
      const ended = await scene.run(login, { ...keychain, ...bus });
      expect([ended.status, ended.stdout]).toEqual([1, ""]);
      expect(ended.stderr).toContain("cannot use the system's key store: ");
      expect(ended.stderr).toContain("AWS_LOGIN_STORE=file\n");
      expect(ended.stderr).not.toContain("user_code");
      expect(await filesWith(scene, "Secret")).toEqual([]);
      expect(operations(scene).filter((operation) => !operation.startsWith("RegisterClient"))).toEqual([]);
    },
    options,
  );
});

scenario("another value of AWS_LOGIN_STORE is wrong usage", async (scene) => {
  const ended = await scene.run(helper, { AWS_LOGIN_STORE: "made-up" });
  expect(ended).toEqual({
    status: 2,
    stdout: "",
    stderr:
      "aws-login: error: AWS_LOGIN_STORE is neither keychain nor file\n" +
      "aws-login: hint: set it to keychain to seal stored sign-ins, or to file to store them plain\n",
  });
});
