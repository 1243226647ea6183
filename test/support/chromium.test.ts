import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Chromium, chromiumPath, startChromium } from "./chromium.ts";

const installed = chromiumPath !== undefined;
const LIMIT = 30_000;
const RELOADS = 30;

/** A page that loads itself anew at once, so many times; the last one has a button that leads away when pressed. */
function restlessPage(count: number): string {
  if (count < RELOADS) return `<p>page ${count}</p><script>location.replace("/${count + 1}")</script>`;
  return `<p>last page</p><button onmouseup="location.replace('/done')">go</button>`;
}

describe.skipIf(!installed)(installed ? "in Chromium" : "in Chromium, which is not installed", () => {
  let chromium: Chromium;
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname } = new URL(request.url);
      const body = pathname === "/done" ? "<p>arrived</p>" : restlessPage(Number(pathname.slice(1)));
      return new Response(`<!doctype html>${body}`, { headers: { "content-type": "text/html" } });
    },
  });

  beforeAll(async () => {
    chromium = await startChromium();
  }, LIMIT);
  afterAll(async () => {
    await chromium.close();
    await server.stop(true);
  }, LIMIT);

  test(
    "textWith() and click() hold while the page navigates",
    async () => {
      const page = await chromium.open(`http://127.0.0.1:${server.port}/0`);
      await page.textWith("last page");
      await page.click("button");
      expect(await page.textWith("arrived")).toBe("arrived");
    },
    LIMIT,
  );
});
