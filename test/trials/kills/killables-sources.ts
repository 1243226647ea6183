/** The runs that change the files of console credentials and of sessions for certificates. */
import { expect } from "bun:test";
import { createHash, generateKeyPairSync, randomUUID } from "node:crypto";
import { fakeBrowser } from "../../end-to-end/support/browser.ts";
import {
  ecKeys,
  keyPem,
  outsideArns,
  outsideWorld,
  serverCertificate,
} from "../../end-to-end/support/own-authority.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { configMode } from "./flaw.ts";
import type { Home } from "./home.ts";
import { answers, configFile, fromNothing, helper, type Killable, succeeds } from "./killables.ts";

const user = "arn:aws:iam::111111111111:user/ana";
const stored = `.aws/login/cache/${createHash("sha256").update(user).digest("hex")}.json`;
/** Short, because a copy of it stays beside it for each second in which it is changed. */
const userConfig = "# mine\n[profile other]\n  region=eu-west-3   # as I like it\n";
const signedIn = `${userConfig}[profile dev]\nlogin_session = ${user}\nregion = us-east-1\n`;
const clientId = "arn:aws:signin:::devtools/same-device";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const { x = "", y = "" } = publicKey.export({ format: "jwk" });
const serverKeys = ecKeys();

/** One for all homes of a scene: a script must not change while it runs. */
const browsers = new WeakMap<Scene, Promise<unknown>>();
async function withBrowser(scene: Scene): Promise<void> {
  const browser = browsers.get(scene) ?? fakeBrowser(scene);
  browsers.set(scene, browser);
  await browser;
}

/** A sign-in of its own, whose keys have ended and whose refresh token is good once. */
async function endedSignIn(home: Home, { standIn }: Scene): Promise<void> {
  const refreshToken = `made-up-refresh-token-${randomUUID()}`;
  standIn.world.logins.set(refreshToken, { user, clientId, refreshToken, key: { x, y } });
  const accessToken = {
    ...{ accessKeyId: "ASIAOLD", secretAccessKey: "made-up-old-secret", sessionToken: "made-up-old-token" },
    ...{ accountId: "111111111111", expiresAt: "2020-01-01T00:00:00Z" },
  };
  const dpopKey = privateKey.export({ type: "sec1", format: "pem" });
  await home.write(stored, JSON.stringify({ accessToken, clientId, refreshToken, dpopKey }));
}

export const sourceKillables: Readonly<Record<string, Killable>> = {
  "a sign-in with console credentials": {
    args: ["login", "--profile", "dev", "--region", "us-east-1"],
    env: { BROWSER: "browser" },
    prepare: async (home, scene) => {
      await withBrowser(scene);
      await home.write(configFile, userConfig, configMode);
    },
    arrange: async (home, round) => {
      await home.write(configFile, userConfig, configMode);
      if (round % 3 === 0) await home.remove(".aws/login");
    },
    check: async (ended, home) => {
      await succeeds(ended);
      const files = home.files();
      expect(files.get(configFile)?.text).toContain(`login_session = ${user}\n`);
      expect(files.get(stored)).toBeDefined();
    },
  },
  "console credentials that are renewed": {
    args: [...helper, "--profile", "dev"],
    prepare: (home) => home.write(configFile, signedIn, configMode),
    arrange: (home, _round, scene) => endedSignIn(home, scene),
    // Where the answer was on its way when the blow fell, the sign-in is lost, and only a person can repeat it.
    check: async (ended) => {
      if (ended.status === 0) return answers(ended);
      expect([ended.status, ended.stdout]).toEqual([4, ""]);
      expect(ended.stderr).toContain("aws-login: hint: sign in with: aws-login login --profile dev\n");
    },
  },
  "console credentials that are signed out of": {
    args: ["logout", "--profile", "dev"],
    prepare: (home) => home.write(configFile, signedIn, configMode),
    arrange: (home, _round, scene) => endedSignIn(home, scene),
    check: async (ended, home) => {
      await succeeds(ended);
      expect(home.files().has(stored)).toBe(false);
      expect(home.files().get(configFile)?.text).toBe(signedIn);
    },
  },
  "the session of a certificate that is renewed": {
    args: [...helper, "--use-cache", "--certificate", "server.pem", ...outsideArns, "--refresh=on"],
    next: [...helper, "--use-cache", "--certificate", "server.pem", ...outsideArns],
    world: outsideWorld,
    prepare: async (_home, scene) => {
      const pem = keyPem(serverKeys) + serverCertificate({ subject: "server", keys: serverKeys });
      await scene.write("work/server.pem", pem);
    },
    arrange: fromNothing,
    check: answers,
  },
};
