import { describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSystem, noon } from "./fake-system.ts";

/** Runs a test of one line by itself; its output, or undefined when it passed. */
async function failureOfTest(line: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "fake-system-"));
  try {
    const file = join(folder, "one.test.ts");
    const support = join(import.meta.dir, "fake-system.ts");
    await Bun.write(
      file,
      `import { test } from "bun:test";\nimport { fakeSystem } from ${JSON.stringify(support)};\ntest("one", async () => {\n${line}\n});\n`,
    );
    const { exitCode, stderr } = Bun.spawnSync([process.execPath, "test", file], { cwd: folder });
    return exitCode === 0 ? undefined : stderr.toString();
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("fakeSystem()", () => {
  const mistakes: Record<string, [line: string, said: string]> = {
    "fails the test on an unexpected request, swallowed or not": [
      'await fakeSystem().fetch("http://a.example/", { method: "GET", headers: {} }).catch(() => {});',
      "the request GET http://a.example/ (next is none): unexpected",
    ],
    "fails the test on a request that is not the next one": [
      'const system = fakeSystem(); system.expect("PUT", "http://a.example/", new Response());\n' +
        'await system.fetch("http://a.example/", { method: "GET", headers: {} }).catch(() => {});',
      "(next is PUT http://a.example/)",
    ],
    "fails the test on an unused expectation": [
      'fakeSystem().expect("GET", "http://a.example/", new Response());',
      "the request GET http://a.example/ was expected and did not come",
    ],
    "fails the test on an answer that was not asked for": [
      'fakeSystem({ typed: ["123456"] });',
      "an answer was typed that was not asked for",
    ],
    "fails the test on an unexpected program": [
      'await fakeSystem().runProgram(["ls"], {}).catch(() => {});',
      "the program ls: unexpected",
    ],
  };
  test.each(Object.entries(mistakes))("%s", async (_, [line, said]) => {
    expect(await failureOfTest(line)).toContain(said);
  });

  test("passes a test that does what it said", async () => {
    const system = fakeSystem();
    system.expect("GET", "http://a.example/", new Response("hello"));
    const response = await system.fetch("http://a.example/", { method: "GET", headers: { a: "b" } });
    expect(await response.text()).toBe("hello");
    expect(system.requests).toEqual([{ method: "GET", headers: { a: "b" }, url: "http://a.example/" }]);
  });

  test("lets time pass without waiting, and deadlines fall due in their order", async () => {
    const system = fakeSystem();
    const order: number[] = [];
    for (const milliseconds of [300, 100, 200, 400]) {
      system.deadline(milliseconds).addEventListener("abort", () => order.push(milliseconds));
    }
    await system.sleep(350);
    expect(order).toEqual([100, 200, 300]);
    expect(system.now()).toBe(noon + 350);
    expect(system.sleeps).toEqual([350]);
  });

  test("keeps silent until the request is given up", async () => {
    const system = fakeSystem();
    system.expect("GET", "http://a.example/", system.silence);
    const signal = system.deadline(1000);
    const answer = system.fetch("http://a.example/", { method: "GET", headers: {}, signal });
    expect(answer).rejects.toThrow("timed out");
    await answer.catch(() => {});
    expect(system.now()).toBe(noon + 1000);
  });
});
