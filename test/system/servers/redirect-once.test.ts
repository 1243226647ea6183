import { describe, expect, test } from "bun:test";
import { redirectOnce } from "../../../src/system/servers/redirect-once.ts";
import { askAs, canBeOthers, NOBODY, unlessRoot } from "../files/other-user.ts";

const target = "https://signin.example/federation?SigninToken=made-up";
/** Milliseconds; longer than any test that expects an answer may take. */
const LONG = 60_000;

/** Starts a redirect; `address` resolves when it is being served. */
function start(timeoutMilliseconds: number = LONG): { address: Promise<string>; outcome: Promise<boolean> } {
  const { promise: address, resolve } = Promise.withResolvers<string>();
  return { address, outcome: redirectOnce(target, timeoutMilliseconds, async (url) => resolve(url)) };
}

const get = (url: string, request: RequestInit = {}) => fetch(url, { redirect: "manual", ...request });

describe("redirectOnce()", () => {
  test("redirectOnce() answers with the target and nothing that keeps or shows it", async () => {
    const { address, outcome } = start();
    expect(await address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}$/);
    const response = await get(await address);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(target);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await response.text()).not.toContain("made-up");
    expect(await outcome).toBe(true);
  });

  test("redirectOnce() stops listening when it is done", async () => {
    const { address, outcome } = start();
    await get(await address);
    await outcome;
    await expect(get(await address)).rejects.toThrow();
  });

  test("redirectOnce() makes an address that is new each time", async () => {
    const [one, other] = [start(0), start(0)];
    expect(new URL(await one.address).pathname).not.toBe(new URL(await other.address).pathname);
    expect(await Promise.all([one.outcome, other.outcome])).toEqual([false, false]);
  });

  test("redirectOnce() answers one of two who ask at once, and tells the other that it is gone", async () => {
    const { address, outcome } = start();
    const url = await address;
    const responses = await Promise.all([get(url), get(url)]);
    expect(responses.map((response) => response.status).sort()).toEqual([302, 410]);
    expect(responses.filter((response) => response.headers.has("location"))).toHaveLength(1);
    expect(await outcome).toBe(true);
  });

  const refusals: Record<string, [(url: URL) => Promise<Response>, number]> = {
    "another path": [(url) => get(`${url.origin}/`), 404],
    "the icon that browsers ask for": [(url) => get(`${url.origin}/favicon.ico`), 404],
    "the path with a query": [(url) => get(`${url}?`.concat("x")), 404],
    "the path under another host name": [
      (url) => get(`${url}`, { headers: { Host: `localhost:${url.port}` } }),
      404,
    ],
    "the path under another port": [(url) => get(`${url}`, { headers: { Host: "127.0.0.1:1" } }), 404],
    HEAD: [(url) => get(`${url}`, { method: "HEAD" }), 405],
    POST: [(url) => get(`${url}`, { method: "POST", body: "x" }), 405],
  };
  for (const [name, [ask, status]] of Object.entries(refusals)) {
    test(`redirectOnce() refuses ${name} and is still there`, async () => {
      const { address, outcome } = start();
      const refused = await ask(new URL(await address));
      expect(refused.status).toBe(status);
      expect(refused.headers.has("location")).toBe(false);
      expect((await get(await address)).status).toBe(302);
      expect(await outcome).toBe(true);
    });
  }

  test("redirectOnce() resolves false after its timeout", async () => {
    const { address, outcome } = start(1);
    expect(await outcome).toBe(false);
    await expect(get(await address)).rejects.toThrow();
  });

  test("redirectOnce() rejects as the opener does, and stops listening", async () => {
    let url = "";
    const outcome = redirectOnce(target, LONG, async (address) => {
      url = address;
      throw new Error("no browser");
    });
    await expect(outcome).rejects.toThrow("no browser");
    await expect(get(url)).rejects.toThrow();
  });

  test.skipIf(!canBeOthers)(
    `redirectOnce() refuses another user's process and is still there${unlessRoot}`,
    async () => {
      const { address, outcome } = start();
      const { port, pathname } = new URL(await address);
      const refused = await askAs(NOBODY, port, pathname);
      expect(refused).toStartWith("HTTP/1.1 403 ");
      expect(refused).not.toContain("made-up");
      expect(await askAs(0, port, pathname)).toStartWith("HTTP/1.1 302 ");
      expect(await outcome).toBe(true);
    },
  );
});
