import { expect, test } from "bun:test";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { constants } from "node:os";
import { join, relative } from "node:path";
import { distFolder, root } from "../../../scripts/project/paths.ts";
import { longestFirst, runFiles } from "../../../scripts/trials/test-files.ts";
import { isRunning } from "../../../src/system/processes/process-tree.ts";
import { lineOfFile, until } from "../../end-to-end/support/until.ts";

/** Runs files with these texts, and resolves to the report and to what was said. */
async function playFiles(texts: Readonly<Record<string, string>>) {
  await using files = await testFiles(texts);
  const said: string[] = [];
  const { passed, failed, skipped } = await runFiles({
    ...files,
    ...{ jobs: 2, env: process.env, late: () => AbortSignal.timeout(30_000) },
    say: (line) => said.push(line),
  });
  return { passed, failed: failed.length, skipped: skipped.length, said: said.join("\n") };
}

/** Below the project, as all test files are. */
async function testFiles(texts: Readonly<Record<string, string>>) {
  await mkdir(distFolder, { recursive: true });
  const folder = await mkdtemp(join(distFolder, "test-files-"));
  const files: string[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, `${name}.test.ts`);
    await Bun.write(path, `import { expect, test } from "bun:test";\n${text}`);
    files.push(relative(root, path).replaceAll("\\", "/"));
  }
  return { files, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** A test that waits for a program, whose id it writes into the file `pid` of its folder. */
const ENDLESS = `test("a", async () => {
  const child = Bun.spawn(["sleep", "60"]);
  await Bun.write(import.meta.dir + "/pid", child.pid + "\\n");
  await child.exited;
}, 60_000);`;

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
  await using files = await testFiles({ endless: ENDLESS });
  const late = new AbortController();
  const report = runFiles({
    ...files,
    ...{ jobs: 1, env: process.env, late: () => late.signal, say: () => {} },
  });
  const pid = Number(await until(() => lineOfFile(join(files.folder, "pid"))));
  late.abort();
  const { passed, failed } = await report;
  expect({ passed, failed }).toEqual({
    passed: 0,
    failed: [expect.stringMatching(/endless\.test\.ts: it was ended after \d+ seconds$/)],
  });
  await ends(pid);
}, 30_000);

test.skipIf(process.platform === "win32").each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "runFiles() ends the files that run, with what they started, by %s",
  async (signal) => {
    await using files = await testFiles({ endless: ENDLESS, next: 'test("b", () => {});' });
    const program = join(import.meta.dir, "test-files-program.ts");
    const runner = Bun.spawn([process.execPath, program, files.folder, ...files.files], { stdout: "pipe" });
    const pid = Number(await until(() => lineOfFile(join(files.folder, "pid"))));
    runner.kill(signal);
    expect([await runner.exited, await runner.stdout.text()]).toEqual([128 + constants.signals[signal], ""]);
    await ends(pid);
  },
  30_000,
);

/** The system takes note of an end a moment later. */
function ends(pid: number): Promise<true> {
  return until(async () => (isRunning(pid, process.platform) ? undefined : true));
}

test("longestFirst() begins with what takes longest", () => {
  const files = ["a/fuzz.test.ts", "a/system-errors.test.ts", "a/kill-anytime.test.ts", "a/b.test.ts"];
  expect(longestFirst(files)).toEqual([
    ...["a/kill-anytime.test.ts", "a/system-errors.test.ts"],
    ...["a/b.test.ts", "a/fuzz.test.ts"],
  ]);
});
