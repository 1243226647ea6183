import { describe, expect, test } from "bun:test";
import { callbackPage } from "../../../src/sso/login/callback-page.ts";

for (const name of ["signed-in", "refused", "failed", "foreign", "stray"] as const) {
  describe(`callbackPage("${name}")`, () => {
    const { headers, body } = callbackPage(name);
    const policy = headers["Content-Security-Policy"] ?? "";

    test("callbackPage() lets nothing run, load, frame or be sent", () => {
      for (const rule of [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain("unsafe");
    });

    test("callbackPage() has neither a script nor anything from elsewhere", () => {
      expect(body).not.toMatch(/<script|\son\w+=|src=|href=|url\(|@import|\sstyle=|https?:/i);
    });

    test("callbackPage() lets its own style through, and that one only", () => {
      const styles = [...body.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style = ""]) => style);
      expect(styles).toHaveLength(1);
      const hash = new Bun.CryptoHasher("sha256").update(styles[0] ?? "").digest("base64");
      expect(policy).toContain(`style-src 'sha256-${hash}'`);
    });

    test("callbackPage() forbids caches and referrers", () => {
      expect(headers["Cache-Control"]).toBe("no-store");
      expect(headers["Referrer-Policy"]).toBe("no-referrer");
    });

    test("callbackPage() says that it may be closed", () => {
      expect(body).toContain("may be closed");
      expect(body).toMatch(/<html lang="en">.*<title>[^<]+<\/title>.*<h1>[^<]+<\/h1>/s);
    });
  });
}
