/**
 * What variables of the runtime inside of the executable, and of the loader, do to the program: those that do nothing,
 * those that are switched off, and those that cannot be switched off, which SECURITY.md lists.
 */
import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { fakeBrowser } from "./support/browser.ts";
import { executable } from "./support/executable.ts";
import { ANA, callerOf } from "./support/identities.ts";
import type { Environment } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { masked } from "./support/stderr-text.ts";
import { textOfFile, until } from "./support/until.ts";

const jump = ["--assume-roles", SAMPLE_ROLES.jump];
const linux = { only: "linux" } as const;

/** Those that do something: each has a line in the table of SECURITY.md, and most a scenario below. */
const acting =
  /^BUN_(?:OPTIONS|BE_BUN|INSPECT.*|JSC_.*|BYTECODE_.*_OUT|ENABLE_CRASH_REPORTING|CRASH_REPORT_URL|CONFIG_MAX_HTTP_REQUESTS)$|^NODE_CHANNEL_FD$|^MIMALLOC_|^LD_/;

/** Further names that programs of this kind look at, and what might make them do something. */
const others = {
  BUN_DEBUG: "PLACE/debug.log",
  BUN_PRELOAD: "PLACE/code.js",
  BUN_CONFIG_FILE: "PLACE/bunfig.toml",
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: "PLACE/cache",
  BUN_CONFIG_VERBOSE_FETCH: "curl",
  NODE_OPTIONS: "--require=PLACE/code.js",
  NODE_PATH: "PLACE",
  NODE_V8_COVERAGE: "PLACE/coverage",
  NODE_COMPILE_CACHE: "PLACE/compiled",
  NODE_REDIRECT_WARNINGS: "PLACE/warnings",
  NODE_DEBUG: "http,net,tls,fetch",
  NODE_ENV: "development",
  NODE_EXTRA_CA_CERTS: "PLACE/none.pem",
  NODE_TLS_REJECT_UNAUTHORIZED: "0",
  SSL_CERT_FILE: "PLACE/none.pem",
  SSL_CERT_DIR: "PLACE",
  SSLKEYLOGFILE: "PLACE/tls-keys",
  OPENSSL_CONF: "PLACE/openssl.cnf",
  SQLITE_TMPDIR: "PLACE",
  XDG_CACHE_HOME: "PLACE",
  XDG_CONFIG_HOME: "PLACE",
  GLIBC_TUNABLES: "glibc.malloc.check=3",
  MALLOC_CHECK_: "3",
  MALLOC_PERTURB_: "9",
  MALLOC_TRACE: "PLACE/malloc",
  GCONV_PATH: "PLACE",
  LOCPATH: "PLACE",
  TZDIR: "PLACE",
  DEBUG: "*",
  FORCE_COLOR: "1",
  CI: "true",
  DO_NOT_TRACK: "1",
};

/** Every name of the runtime's own that stands in the executable. */
async function namesInside(): Promise<string[]> {
  const found = await Bun.$`LC_ALL=C grep -aoE '(BUN|NODE)_[A-Z][A-Z0-9_]{2,60}' ${executable}`.text();
  return [...new Set(found.split("\n"))].filter((name) => name !== "" && !acting.test(name)).sort();
}

/** What one sees of a run: its answer, its words, and every file that it leaves. */
async function outcome(scene: Scene, env: Environment) {
  const { status, stdout, stderr } = await scene.run(["getcallerid", "--verbose", ...jump], {
    ...ANA,
    ...env,
  });
  const files = (await readdir(scene.root, { recursive: true })).sort();
  return { status, stdout, stderr: masked(stderr), files };
}

scenario(
  "no variable of the runtime has an effect except the known ones",
  async (scene) => {
    const names = await namesInside();
    expect(names.length).toBeGreaterThan(60);
    expect(names).toContain("BUN_CONFIG_VERBOSE_FETCH");
    const place = join(scene.root, "place");
    await scene.write(
      "place/code.js",
      `require("node:fs").writeFileSync(${JSON.stringify(`${place}/mark`)}, "")`,
    );
    await scene.write("place/bunfig.toml", 'preload = ["./code.js"]\n');
    const named = Object.entries(others).map(
      ([name, value]) => [name, value.replace("PLACE", place)] as const,
    );
    const usual = await outcome(scene, {});
    expect(usual.status).toBe(0);
    for (const value of ["1", "0", "true", join(place, "file"), "http://127.0.0.1:1"]) {
      const all = { ...Object.fromEntries(names.map((name) => [name, value])), ...Object.fromEntries(named) };
      const one = await outcome(scene, all);
      if (Bun.deepEquals(one, usual)) continue;
      // One of them: which?
      for (const [name, optional] of Object.entries(all)) {
        expect({ name, ...(await outcome(scene, { [name]: optional })) }).toEqual({ name, ...usual });
      }
      expect(one).toEqual(usual);
    }
  },
  linux,
);

scenario("variables that trust more authorities count only where AWS_CA_BUNDLE is not set", async (scene) => {
  const file = `${scene.root}/ca.pem`;
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  const run = (env: Environment) =>
    scene.run(["getcallerid", ...jump], { ...ANA, AWS_CA_BUNDLE: undefined, ...env });
  expect((await run({ AWS_MAX_ATTEMPTS: "1" })).status).toBe(1);
  for (const env of [{ SSL_CERT_FILE: file }, { NODE_EXTRA_CA_CERTS: file }]) {
    expect(await run(env)).toEqual({ status: 0, stdout, stderr: "" });
  }
});

scenario("BUN_OPTIONS runs code in the program, which nothing can switch off", async (scene) => {
  const fingerprint = join(scene.root, "mark");
  const code = await scene.write(
    "code.js",
    `require("node:fs").writeFileSync(${JSON.stringify(fingerprint)}, "run")`,
  );
  expect((await scene.run(["version"], { BUN_OPTIONS: `--preload=${code}` })).status).toBe(0);
  expect(await textOfFile(fingerprint)).toBe("run");
});

scenario("BUN_BE_BUN makes the executable the bare runtime", async (scene) => {
  const { status, stdout } = await scene.run(["--print", "6 * 7"], { BUN_BE_BUN: "1" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "42\n" });
});

scenario(
  "BUN_INSPECT opens a debugger to every program that can reach the address",
  async (scene) => {
    const socket = join(scene.root, "inspector.sock");
    const child = scene.start(["runas", ...jump, "--", "true"], {
      ...ANA,
      BUN_INSPECT: `ws+unix://${socket}?wait=1`,
    });
    const found = until(
      async () => (await readdir(scene.root)).some((name) => name.startsWith("inspector.sock")) || undefined,
    );
    const first = await Promise.race([found.then(() => "a debugger"), child.ended.then(() => "the end")]);
    child.kill("SIGKILL");
    await child.ended;
    expect(first).toBe("a debugger");
  },
  linux,
);

const printing: Record<string, Environment> = {
  "BUN_JSC_…": { BUN_JSC_dumpOptions: "1" },
  "MIMALLOC_…": { MIMALLOC_VERBOSE: "1" },
};
for (const [name, env] of Object.entries(printing)) {
  scenario(`${name} prints on stderr what the runtime thinks, and nothing on stdout`, async (scene) => {
    const usual = await scene.run(["version"]);
    const ended = await scene.run(["version"], env);
    expect([ended.status, ended.stdout]).toEqual([0, usual.stdout]);
    expect(ended.stderr).not.toBe("");
  });
}

scenario("BUN_BYTECODE_ORDER_OUT writes a file, for its owner alone and without a secret", async (scene) => {
  const file = join(scene.root, "order");
  await scene.run(["getcallerid", ...jump], { ...ANA, BUN_BYTECODE_ORDER_OUT: file });
  const text = (await textOfFile(file)) ?? "";
  expect(text.length).toBeGreaterThan(100);
  expect(text).not.toContain(ANA.AWS_SECRET_ACCESS_KEY);
  expect(text).not.toContain(ANA.AWS_ACCESS_KEY_ID);
});

scenario(
  "variables of this program's runtime and loader are not passed to the browser and the clipboard's program",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    const seen = join(scene.root, "clipboard-exposed");
    await scene.write(
      "bin/xclip",
      `#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/environ > ${seen}\ncat > /dev/null\n`,
      0o755,
    );
    const env = {
      BUN_CONFIG_VERBOSE_FETCH: "1",
      NODE_OPTIONS: "--require=/none",
      NODE_EXTRA_CA_CERTS: "/none",
      LD_LIBRARY_PATH: "/none",
      GLIBC_TUNABLES: "glibc.malloc.check=0",
      MALLOC_CHECK_: "0",
      MIMALLOC_PURGE_DELAY: "9",
    };
    const args = ["console", "--copy", "--get-federation-token"];
    const ended = await scene.run(args, { ...ANA, ...env, BROWSER: browser.command, DISPLAY: ":0" });
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 0, stdout: "" });
    await browser.shows("Signed in as ");
    const exposed = `${await browser.exposed()}\n${await textOfFile(seen)}`;
    expect(exposed).toContain("DISPLAY=:0");
    for (const name of Object.keys(env)) expect(exposed).not.toContain(name);
  },
  linux,
);

scenario("runas and credential_process get them, as if run directly", async (scene) => {
  const env = { BUN_CONFIG_VERBOSE_FETCH: "1", NODE_OPTIONS: "--no-warnings", LD_LIBRARY_PATH: "/none" };
  const names = Object.keys(env);
  const child = await scene.run(["runas", ...jump, "--", "printenv", ...names], { ...ANA, ...env });
  expect(child).toEqual({ status: 0, stdout: `${Object.values(env).join("\n")}\n`, stderr: "" });
  const seen = join(scene.root, "helper-environment");
  const answer = JSON.stringify({ Version: 1, AccessKeyId: "AKIAEXAMPLE", SecretAccessKey: "made-up" });
  const helper = await scene.write("bin/helper", `#!/bin/sh\nenv > ${seen}\necho '${answer}'\n`, 0o755);
  await scene.write("home/.aws/config", `[profile p]\ncredential_process = ${helper}\n`);
  expect((await scene.run(["dumpcreds", "--profile", "p"], env)).status).toBe(0);
  const lines = ((await textOfFile(seen)) ?? "").split("\n");
  for (const [name, value] of Object.entries(env)) expect(lines).toContain(`${name}=${value}`);
});

scenario(
  "a crash of the runtime shows the command line and no variable",
  async (scene) => {
    const helper = await scene.write(
      "bin/helper",
      `#!/bin/sh\n: > ${scene.root}/begun\nexec sleep 20\n`,
      0o755,
    );
    await scene.write("home/.aws/config", `[profile p]\ncredential_process = ${helper}\n`);
    const shown = "shown-because-it-is-an-argument";
    const running = scene.start(["getcallerid", "--profile", "p", "--external-id", shown], ANA);
    await until(async () => (await Bun.file(`${scene.root}/begun`).exists()) || undefined);
    running.kill("SIGSEGV");
    const ended = await running.ended;
    expect(ended.status).not.toBe(0);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toContain("Bun has crashed");
    expect(ended.stderr).toContain(shown);
    expect(ended.stderr).not.toContain(ANA.AWS_SECRET_ACCESS_KEY);
  },
  linux,
);

scenario(
  "BUN_CRASH_REPORT_URL gets the code addresses of a crash, and no argument or variable",
  async (scene) => {
    const asked = Promise.withResolvers<string>();
    const server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: async (request) => {
        asked.resolve(`${request.url}\n${JSON.stringify([...request.headers])}\n${await request.text()}`);
        return new Response("thanks");
      },
    });
    try {
      const begun = join(scene.root, "begun");
      const helper = await scene.write("bin/helper", `#!/bin/sh\n: > ${begun}\nexec sleep 20\n`, 0o755);
      await scene.write("home/.aws/config", `[profile p]\ncredential_process = ${helper}\n`);
      const shown = "shown-because-it-is-an-argument";
      const running = scene.start(["getcallerid", "--profile", "p", "--external-id", shown], {
        ...ANA,
        BUN_CRASH_REPORT_URL: `http://127.0.0.1:${server.port}`,
      });
      await until(async () => (await Bun.file(begun).exists()) || undefined);
      running.kill("SIGSEGV");
      const sent = await asked.promise;
      await running.ended;
      for (const word of [shown, ANA.AWS_ACCESS_KEY_ID ?? "?", ANA.AWS_SECRET_ACCESS_KEY ?? "?"]) {
        expect(sent).not.toContain(word);
        expect(sent).not.toContain(Buffer.from(word).toString("base64").slice(0, 12));
      }
    } finally {
      await server.stop(true);
    }
  },
  linux,
);

test("SECURITY.md names every variable that does something", async () => {
  const text = await Bun.file(join(import.meta.dir, "../../SECURITY.md")).text();
  const table = text.slice(text.indexOf("## Variables"), text.indexOf("Every other name"));
  for (const name of acting.source.match(/[A-Z][A-Z_]{3,}[A-Z_]/g) ?? []) expect(table).toContain(name);
  for (const name of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) expect(table).toContain(`\`${name}\``);
});
