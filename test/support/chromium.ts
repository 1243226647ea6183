/** A real browser without a window, for pages that people see. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDevTools, type DevTools, members, type Result, wasReplaced } from "./devtools.ts";

/** Where Chromium is: what `CHROMIUM` names, else where distributions put it; undefined when there is none. */
export const chromiumPath: string | undefined = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== "" && existsSync(path));

export interface ChromiumOptions {
  /** For all but loopback addresses, which the browser reaches by itself; without it nothing else can be reached. */
  readonly proxyUrl?: string;
  /** The public key, as the base64 of its SHA-256, that Chromium trusts whatever authority signed it. */
  readonly trustedKey?: string;
}

export interface Chromium {
  /** Opens the address in a tab of its own and waits until it has loaded, redirects followed. */
  open(url: string): Promise<Page>;
  /** Ends the browser and removes everything that it wrote. */
  close(): Promise<void>;
}

export interface Page {
  /** The address that it ended up at. */
  url(): Promise<string>;
  /** What a person reads on it. */
  text(): Promise<string>;
  /** Waits until the page says `part`, and answers all that it says. A test's own time limit ends the wait. */
  textWith(part: string): Promise<string>;
  /** Clicks the middle of the first element that the CSS selector names, as a mouse does. The page may navigate. */
  click(selector: string): Promise<void>;
  /** Clicks the element and types. */
  type(selector: string, text: string): Promise<void>;
  /**
   * The value of an expression in the page, which must be one that JSON can carry. When the page navigates meanwhile,
   * the next page evaluates it.
   */
  evaluate(expression: string): Promise<unknown>;
  /** Writes a picture of it, PNG. */
  screenshot(file: string): Promise<void>;
}

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
  // It wants to talk to its maker at every start. Names lead nowhere, but for those that a proxy is asked for.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** Refuses every connection. */
const NOWHERE = "http://127.0.0.1:9";

/** Starts a browser with an empty profile. */
export async function startChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  if (chromiumPath === undefined) throw new Error("Chromium is not installed");
  const profile = await mkdtemp(join(tmpdir(), "chromium-"));
  const { proxyUrl = NOWHERE, trustedKey } = options;
  const flags = [
    ...FLAGS,
    `--user-data-dir=${profile}`,
    `--proxy-server=${proxyUrl}`,
    ...(trustedKey === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trustedKey}`]),
  ];
  const browser = Bun.spawn([chromiumPath, ...flags, "about:blank"], {
    env: { HOME: profile, TMPDIR: profile, PATH: "/usr/bin:/bin" },
    stdio: ["ignore", "ignore", "ignore"],
  });
  const end = async () => {
    browser.kill();
    await browser.exited;
    // Its helpers may still be writing for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  try {
    const tools = await connectDevTools(await debuggingUrl(profile, browser));
    return {
      open: (url) => open(url, tools),
      close: async () => {
        const gone = browser.exited;
        // It may hang up before it answers.
        await Promise.race([tools.send("Browser.close").catch(() => undefined), gone]);
        await gone;
        await end();
      },
    };
  } catch (problem) {
    await end();
    throw problem;
  }
}

/** The address for DevTools, which the browser writes into its profile once it listens there. */
async function debuggingUrl(profile: string, browser: Bun.Subprocess): Promise<string> {
  for (;;) {
    const file = Bun.file(join(profile, "DevToolsActivePort"));
    const [port, path] = (await file.exists()) ? (await file.text()).split("\n") : [];
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    if (browser.exitCode !== null) throw new Error(`Chromium ended with ${browser.exitCode}`);
    await Bun.sleep(10);
  }
}

async function open(url: string, tools: DevTools): Promise<Page> {
  const target = (await tools.send("Target.createTarget", { url: "about:blank" })).get("targetId");
  const attached = await tools.send("Target.attachToTarget", { targetId: target, flatten: true });
  const session = String(attached.get("sessionId"));
  const page = attach(tools, session);
  const navigated = await tools.send("Page.navigate", { url }, session);
  const problem = navigated.get("errorText");
  if (problem !== undefined) throw new Error(`cannot open ${url}: ${problem}`);
  await until(async () => (await page.evaluate("document.readyState")) === "complete");
  return page;
}

function attach(tools: DevTools, session: string): Page {
  const send = (method: string, parameters: Record<string, unknown> = {}) =>
    tools.send(method, parameters, session);
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await untilNoNavigation(() =>
      send("Runtime.evaluate", { expression, returnByValue: true }),
    );
    const problem = answer.get("exceptionDetails");
    if (problem !== undefined) throw new Error(`${expression}: ${JSON.stringify(problem)}`);
    return members(answer.get("result")).get("value");
  };
  const text = async () => String((await evaluate("document.body?.innerText")) ?? "");
  const click = async (selector: string) => {
    const middle = `(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      element?.scrollIntoView({ block: "center" });
      const box = element?.getBoundingClientRect();
      return box && box.width > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    })()`;
    const point = await until(() => evaluate(middle));
    const mouse = { ...Object.fromEntries(members(point)), button: "left", clickCount: 1 };
    await send("Input.dispatchMouseEvent", { type: "mousePressed", ...mouse });
    try {
      await send("Input.dispatchMouseEvent", { type: "mouseReleased", ...mouse });
    } catch (problem) {
      // The click has worked so fast that the page is gone before the browser says so.
      if (!wasReplaced(problem)) throw problem;
    }
  };
  return {
    evaluate,
    text,
    click,
    url: async () => String(await evaluate("location.href")),
    textWith: async (part) => {
      let found = "";
      await until(async () => {
        found = await text();
        return found.includes(part);
      });
      return found;
    },
    type: async (selector, words) => {
      await click(selector);
      await send("Input.insertText", { text: words });
    },
    screenshot: async (file) => {
      const picture = (await send("Page.captureScreenshot", { format: "png" })).get("data");
      await Bun.write(file, Buffer.from(String(picture), "base64"));
    },
  };
}

/** Asks again when the page navigates before it answers. */
async function untilNoNavigation(ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (problem) {
      if (!wasReplaced(problem)) throw problem;
    }
    await Bun.sleep(1);
  }
}

/** Looks again and again until there is something to see: pages come in their own time. */
async function until(look: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await Bun.sleep(10);
  }
}
