import { expect, test } from "bun:test";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { distFolder, root } from "../../../scripts/project/paths.ts";
import { longestFirst, runFiles } from "../../../scripts/trials/test-files.ts";

/** Runs files with these texts, and resolves to the report and to what was said. */
async function playFiles(texts: Readonly<Record<string, string>>, limit = 30_000) {
  // Below the project, as all test files are.
  await mkdir(distFolder, { recursive: true });
  const folder = await mkdtemp(join(distFolder, "test-files-"));
  try {
    const files: string[] = [];
    for (const [name, text] of Object.entries(texts)) {
      const path = join(folder, `${name}.test.ts`);
      await Bun.write(path, `import { expect, test } from "bun:test";\n${text}`);
      files.push(relative(root, path).replaceAll("\\", "/"));
    }
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const { passed, failed, skipped } = await runFiles({
      ...{ files, jobs: 2, limit, folder, say, env: process.env },
    });
    return { passed, failed: failed.length, skipped: skipped.length, said: said.join("\n") };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("runFiles() sums up the reports of all files", async () => {
  const { said, ...report } = await playFiles({
    one: 'test("a", () => {}); test.skip("b", () => {});',
    two: 'test("c", () => {}); test("d", () => {});',
    three: 'test("e", () => expect("the reason").toBe("another"));',
  });
  expect(report).toEqual({ passed: 3, failed: 1, skipped: 1 });
  expect(said).toMatch(/^passed: \S+one\.test\.ts \(\d+ s\)$/m);
  expect(said).toMatch(/^failed: \S+three\.test\.ts \(\d+ s\)$/m);
  expect(said).toContain("the reason");
});

test("runFiles() ends a file that goes on for too long, with what it started", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-test-files-"));
  const mark = join(folder, "pid");
  const { passed, failed } = await playFiles(
    {
      endless: `test("a", async () => {
  const child = Bun.spawn(["sleep", "60"]);
  await Bun.write(${JSON.stringify(mark)}, String(child.pid));
  await child.exited;
}, 60_000);`,
    },
    1500,
  );
  expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
  const pid = Number(await Bun.file(mark).text());
  await rm(folder, { recursive: true });
  // The system takes note of the end a moment later; without an end this waits in vain.
  while (isRunning(pid)) await Bun.sleep(5);
}, 30_000);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("longestFirst() begins with what takes longest", () => {
  const files = ["a/fuzz.test.ts", "a/system-errors.test.ts", "a/kill-anytime.test.ts", "a/b.test.ts"];
  expect(longestFirst(files)).toEqual([
    ...["a/kill-anytime.test.ts", "a/system-errors.test.ts"],
    ...["a/b.test.ts", "a/fuzz.test.ts"],
  ]);
});
