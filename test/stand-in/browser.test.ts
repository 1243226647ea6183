import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chromium, chromiumPath, startChromium } from "../support/chromium.ts";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { startStandIn } from "./stand-in.ts";
import { register, registerForCode, startDevice } from "./support/ask-identity-center.ts";

const installed = chromiumPath !== undefined;
const LIMIT = 30_000;

describe.skipIf(!installed)(installed ? "in Chromium" : "in Chromium, which is not installed", () => {
  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  let chromium: Chromium;
  const called: URL[] = [];
  const callback = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const url = new URL(request.url);
      if (url.pathname !== "/oauth/callback") return new Response("nothing", { status: 404 });
      called.push(url);
      return new Response("<h1>Back home</h1>", { headers: { "content-type": "text/html" } });
    },
  });

  beforeAll(async () => {
    standIn = await startStandIn({ world: SAMPLE_WORLD });
    chromium = await startChromium({ proxyUrl: standIn.proxyUrl, trustedKey: standIn.serverKeyPin });
  }, LIMIT);
  afterAll(async () => {
    await chromium.close();
    await Promise.all([standIn.stop(), callback.stop(true)]);
  }, LIMIT);

  const authorizeUrl = () => {
    const { clientId } = registerForCode(standIn.world);
    const parameters = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      redirect_uri: `http://127.0.0.1:${callback.port}/oauth/callback`,
      state: "made-up-state",
      code_challenge_method: "S256",
      scopes: "sso:account:access",
      code_challenge: "A".repeat(43),
    });
    return `https://oidc.us-east-1.amazonaws.com/authorize?${parameters}`;
  };

  const ANSWERS = { allow: ["code", "state"], deny: ["error", "state"] };

  for (const [button, parameters] of Object.entries(ANSWERS)) {
    test(
      `the sign-in page leads back to the loopback address on ${button}`,
      async () => {
        called.length = 0;
        const page = await chromium.open(authorizeUrl());
        expect(await page.text()).toContain("Signed in as ima.user@my.org");
        await page.click(`#${button}`);
        expect(await page.textWith("Back home")).toBe("Back home");
        expect(await page.url()).toStartWith(`http://127.0.0.1:${callback.port}/oauth/callback?`);
        expect(called.map(({ searchParams }) => [...searchParams.keys()])).toEqual([parameters]);
      },
      LIMIT,
    );
  }

  test(
    "a code is typed and approved on the page for devices",
    async () => {
      const { userCode } = startDevice(standIn.world, register(standIn.world));
      const page = await chromium.open("https://d-9876543210.awsapps.com/start/device");
      await page.type("#user_code", userCode.toLowerCase());
      await page.click("#next");
      await page.textWith(userCode);
      await page.click("#allow");
      expect(await page.textWith("approved")).toContain("You can close this window.");
      expect(standIn.world.identityCenter.deviceGrant(userCode)?.state).toBe("approved");
    },
    LIMIT,
  );

  test(
    "a page can be looked at",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "picture-"));
      const file = join(folder, "page.png");
      const page = await chromium.open(authorizeUrl());
      await page.screenshot(file);
      const start = Buffer.from(await Bun.file(file).slice(0, 8).arrayBuffer());
      expect(start.toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
      await rm(folder, { recursive: true });
    },
    LIMIT,
  );
});
