import { describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unifiedDiff } from "../../src/lib/unified-diff.ts";

const diff = (before: string, after: string, hides?: (line: string) => boolean) =>
  unifiedDiff({
    before: { path: "old", text: before },
    after: { path: "new", text: after },
    ...(hides === undefined ? {} : { hides }),
  });

describe("unifiedDiff()", () => {
  test("is empty for equal texts", () => {
    expect(diff("a\n", "a\n")).toBe("");
  });

  const cases: Record<string, [before: string, after: string, hunks: string]> = {
    "shows a line that changes with three lines around it": [
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
      "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
      "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
    ],
    "shows a new file": ["", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"],
    "shows an emptied file": ["a\n", "", "@@ -1 +0,0 @@\n-a\n"],
    "says where a line end is missing": [
      "a",
      "a\nb",
      "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\\ No newline at end of file\n",
    ],
    "keeps the line ends of Windows": ["a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"],
    "makes one hunk of changes that are close": [
      "1\n2\n3\n4\n",
      "one\n2\n3\nfour\n",
      "@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n-4\n+four\n",
    ],
    "makes two hunks of changes that are far apart": [
      "a\n1\n2\n3\n4\n5\n6\n7\nb\n",
      "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
      "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n",
    ],
  };
  for (const [sentence, [before, after, hunks]] of Object.entries(cases)) {
    test(sentence, () => expect(diff(before, after)).toBe(`--- old\n+++ new\n${hunks}`));
  }

  test("shows no hidden line, and as little context on the other side", () => {
    const hides = (line: string) => line.startsWith("secret");
    expect(diff("secret\n1\n2\n3\n4\n5\n", "secret\n1\ntwo\n3\n4\n5\n", hides)).toBe(
      "--- old\n+++ new\n@@ -2,3 +2,3 @@\n 1\n-2\n+two\n 3\n",
    );
    expect(diff("a\nsecret\nb\n", "A\nsecret\nB\n", hides)).not.toContain("secret");
  });

  test.skipIf(Bun.which("patch") === null)(
    "makes what patch turns the old text into the new one by (needs patch)",
    async () => {
      const folder = await mkdtemp(join(tmpdir(), "aws-login-diff-"));
      let seed = 7;
      const random = (below: number) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor((seed / 2_147_483_648) * below);
      };
      for (let round = 0; round < 30; round++) {
        const old = Array.from({ length: 5 + random(60) }, () => `line ${random(30)}\n`);
        const now = old.flatMap(
          (line) => [[], [line], [line], [line], [line, `new ${random(9)}\n`]][random(5)] ?? [],
        );
        const [before, after] = [old.join(""), now.join("")];
        const hides = (line: string) => line === "line 3\n" || line === "line 4\n";
        await Bun.write(join(folder, "old"), before);
        await Bun.write(join(folder, "patch"), diff(before, after, hides));
        if (before === after) continue;
        const child = Bun.spawn(["patch", "-s", "-o", "out", "old", "patch"], {
          cwd: folder,
          stdio: ["ignore", "ignore", "ignore"],
        });
        expect(await child.exited).toBe(0);
        expect(await Bun.file(join(folder, "out")).text()).toBe(after);
      }
      await rm(folder, { recursive: true });
    },
  );

  test("takes no longer for ten thousand sections", () => {
    const section = (index: number, role: string) =>
      `[profile p${index}]\nsso_session = s\nsso_role_name = ${role}\n\n`;
    const before = Array.from({ length: 10_000 }, (_, index) => section(index, "A")).join("");
    const after = Array.from({ length: 10_000 }, (_, index) =>
      section(index, index % 3 === 0 ? "B" : "A"),
    ).join("");
    const started = performance.now();
    expect(diff(before, after).match(/^\+sso/gm)).toHaveLength(3334);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
