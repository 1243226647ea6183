import { expect, test } from "bun:test";
import { join } from "node:path";
import { chromiumPath, type Page, startChromium } from "../support/chromium.ts";
import type { Ended } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { role, startUrl } from "./support/sign-ins.ts";
import { textOfFile, until } from "./support/until.ts";

/** The whole way of a sign-in in a real browser: the portal's page, the button, our page. */

/** Runs a command that signs in, and has a person look at the page it leads to. */
async function signIn(scene: Scene, look: (page: Page) => Promise<void>): Promise<Ended> {
  const opened = join(scene.root, "opened");
  // The whole address at once, or none yet.
  const script = `#!/bin/sh\nprintf %s "$1" > ${opened}.part && mv ${opened}.part ${opened}\n`;
  const BROWSER = await scene.write("bin/browser", script, 0o755);
  const running = scene.start(["getcallerid", "--start-url", startUrl, ...role], { BROWSER });
  const { proxyUrl, serverKeyPin } = scene.standIn;
  const chromium = await startChromium({ proxyUrl, trustedKey: serverKeyPin });
  try {
    await look(await chromium.open(await until(async () => (await textOfFile(opened)) || undefined)));
  } finally {
    await chromium.close();
  }
  return await running.ended;
}

function inChromium(name: string, play: (scene: Scene) => Promise<void>): void {
  if (chromiumPath === undefined) test.skip(`${name} (Chromium is not installed)`, () => {});
  else scenario(name, play);
}

inChromium(
  "a person who allows the request in Chromium is signed in, and the last page says so",
  async (scene) => {
    const ended = await signIn(scene, async (page) => {
      await page.click("#allow");
      expect(await page.textWith("You are signed in")).toContain("This page may be closed");
      expect(await page.url()).toStartWith("http://127.0.0.1:");
      // The style is let through by the policy: the card is centred, as it would not be without.
      expect(await page.evaluate("getComputedStyle(document.querySelector('main')).textAlign")).toBe(
        "center",
      );
      expect(await page.evaluate("performance.getEntriesByType('resource').length")).toBe(0);
    });
    expect(ended.stdout).toContain("AWSReservedSSO_ReadOnlyAccess");
    expect(ended.status).toBe(0);
  },
);

inChromium(
  "a person who denies the request in Chromium reads so on the last page and on the terminal",
  async (scene) => {
    const ended = await signIn(scene, async (page) => {
      await page.click("#deny");
      await page.textWith("The sign-in was refused");
    });
    expect([ended.status, ended.stdout]).toEqual([1, ""]);
    expect(ended.stderr).toContain("the request was refused in the browser");
  },
);
