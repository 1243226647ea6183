import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Failure } from "../../../src/lib/errors.ts";
import { openBrowser } from "../../../src/system/browser/browser.ts";

const url = "http://127.0.0.1:1/made-up-path";
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-browser-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe.skipIf(process.platform === "win32")("openBrowser()", () => {
  test("openBrowser() hands the URL to the program, and no secret", async () => {
    const seen = join(folder, "seen");
    const browser = await program("browser", `{ echo "$@"; env; } > ${seen}`);
    const env = {
      PATH: process.env.PATH,
      BROWSER: browser,
      AWS_SECRET_ACCESS_KEY: "made-up",
      BUN_OPTIONS: "--smol",
      LANG: "de_DE.UTF-8",
    };
    await openBrowser(url, env, "linux");
    const text = await Bun.file(seen).text();
    expect(text).toStartWith(`${url}\n`);
    expect(text).toContain("LANG=de_DE.UTF-8\n");
    expect(text).not.toContain("BROWSER=");
    expect(text).not.toContain("made-up\n");
    expect(text).not.toContain("BUN_OPTIONS");
  });

  test("openBrowser() goes on to the next program of BROWSER when one is missing or fails", async () => {
    const seen = join(folder, "third");
    const failing = await program("failing", "exit 3");
    const good = await program("good", `echo "$1" > ${seen}`);
    const env = { PATH: process.env.PATH, BROWSER: `${folder}/none:${failing}:${good}` };
    await openBrowser(url, env, "linux");
    expect(await Bun.file(seen).text()).toBe(`${url}\n`);
  });

  test("openBrowser() says why each program failed, and not the URL", async () => {
    const failing = await program("failing", "exit 3");
    const attempt = openBrowser(url, { BROWSER: `${folder}/none:${failing}` }, "linux");
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    if (!(error instanceof Failure)) throw new Error("expected a Failure");
    expect(error.message).toBe(
      `cannot open the browser: "${folder}/none" was not found; "${failing}" ended with status 3`,
    );
    expect(error.hints).toEqual(["name a program in BROWSER, or print the URL with --no-browser"]);
  });

  test("openBrowser() finds the platform's opener on the PATH of the environment given", async () => {
    const seen = join(folder, "opened");
    await program("xdg-open", `echo "$1" > ${seen}`);
    await openBrowser(url, { PATH: folder }, "linux");
    expect(await Bun.file(seen).text()).toBe(`${url}\n`);
  });

  test("openBrowser() finds no program by way of the working directory", async () => {
    await program("here", "exit 0");
    const env = { PATH: `.:${relative(process.cwd(), folder)}:`, BROWSER: "here" };
    await expect(openBrowser(url, env, "linux")).rejects.toThrow(
      'cannot open the browser: "here" was not found',
    );
    await openBrowser(url, { ...env, PATH: `${env.PATH}${folder}` }, "linux");
  });

  test("openBrowser() does not wait for a browser that stays open, nor ends it, nor lends it a stream", async () => {
    const [question, answer] = [join(folder, "question"), join(folder, "answer")];
    expect(Bun.spawnSync(["mkfifo", question, answer]).success).toBe(true);
    const browser = await program(
      "stays",
      `echo noise; echo noise >&2; read x < ${question}; echo "$x" > ${answer}`,
    );
    const script = `import { openBrowser } from ${JSON.stringify(join(import.meta.dir, "../../../src/system/browser/browser.ts"))};
      await openBrowser("${url}", { PATH: process.env.PATH, BROWSER: "${browser}" }, "linux", { timeoutMilliseconds: 50 });`;
    const caller = Bun.spawn([process.execPath, "-e", script], { stdio: ["ignore", "pipe", "pipe"] });
    expect(await caller.stdout.text()).toBe("");
    expect(await caller.stderr.text()).toBe("");
    expect(await caller.exited).toBe(0);
    const talk = Bun.spawnSync(["sh", "-c", `echo "still here" > ${question}; cat ${answer}`]);
    expect(talk.stdout.toString()).toBe("still here\n");
  });
});
