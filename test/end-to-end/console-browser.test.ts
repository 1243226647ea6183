import { expect } from "bun:test";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { fakeBrowser } from "./support/browser.ts";
import { watchSecrets } from "./support/canaries.ts";
import { ANA } from "./support/identities.ts";
import { commandLines } from "./support/processes.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";
import { until } from "./support/until.ts";

const opened = ["console", "--assume-roles", SAMPLE_ROLES.jump];
const signedIn =
  "Signed in as arn:aws:sts::111111111111:assumed-role/Jump/aws-login, bound for https://console.";

scenario("console opens the browser at a loopback address that leads to the console", async (scene) => {
  const browser = await fakeBrowser(scene);
  const ended = await scene.run(opened, { ...ANA, BROWSER: browser.command });
  expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
  await browser.shows(signedIn);
  expect(await browser.exposed()).toMatch(/\nhttp:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}\n/);
});

scenario("console without BROWSER starts the platform's own opener", async (scene) => {
  const browser = await fakeBrowser(scene);
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  await scene.write(`bin/${opener}`, `#!/bin/sh\nexec ${browser.command} "$@"\n`, 0o755);
  expect(await scene.run(opened, ANA)).toEqual({ status: 0, stdout: "", stderr: "" });
  await browser.shows(signedIn);
});

scenario(
  "console keeps the sign-in URL out of every program's argument list",
  async (scene) => {
    const gate = join(scene.root, "gate");
    const browser = await fakeBrowser(scene, gate);
    const canaries = watchSecrets(scene.standIn);
    const program = scene.start(opened, { ...ANA, BROWSER: browser.command });
    const seen = new Set<string>();
    const look = async () => {
      for (const line of await commandLines()) seen.add(line);
    };
    // The browser waits at the gate until it has been seen with the address that it was given.
    await until(async () => {
      await look();
      return [...seen].find((line) => line.includes(browser.command) && line.includes("http://127.0.0.1:"));
    });
    await Bun.write(gate, "go\n");
    const arrived = browser.shows(signedIn).then(() => true);
    await until(async () => {
      await look();
      return Promise.race([arrived, undefined]);
    });
    expect(await program.ended).toEqual({ status: 0, stdout: "", stderr: "" });

    expect(scene.standIn.world.signinGrants.size).toBe(1);
    expect(canaries.foundIn([...seen].join("\n"))).toEqual([]);
  },
  { only: "linux" },
);

scenario(
  "console gives the browser no keys, no tokens and nothing that steers the runtime",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    const env = { ...ANA, BROWSER: browser.command, BUN_CONFIG_VERBOSE_FETCH: "1" };
    expect(await scene.run(opened, env)).toEqual({ status: 0, stdout: "", stderr: "" });
    await browser.shows(signedIn);
    const exposed = await browser.exposed();
    expect(exposed).toContain(`\nHOME=${scene.home}\n`);
    expect(exposed).not.toContain(ANA.AWS_SECRET_ACCESS_KEY);
    expect(exposed).not.toMatch(/AWS_ACCESS_KEY_ID|AWS_SECRET|AWS_SESSION_TOKEN|BUN_/);
  },
);

/** Values of `BROWSER` that cannot open anything; BIN stands for the scene's folder of programs. */
const failures: Record<string, { readonly BROWSER: string; readonly why: string }> = {
  "a browser that fails": { BROWSER: "BIN/failing", why: '"BIN/failing" ended with status 3' },
  "a browser that is not there": { BROWSER: "BIN/none", why: '"BIN/none" was not found' },
  "a file that is no program": { BROWSER: "BIN/data", why: '"BIN/data" cannot be run (EACCES)' },
  "two browsers that fail": {
    BROWSER: "BIN/none:BIN/failing",
    why: '"BIN/none" was not found; "BIN/failing" ended with status 3',
  },
  "a quotation mark that stays open": {
    BROWSER: "BIN/'failing",
    why: "a quotation mark in BROWSER is not closed",
  },
};

for (const [name, { BROWSER, why }] of Object.entries(failures)) {
  scenario(`console ends at once with status 1 and advice for ${name}`, async (scene) => {
    await scene.write("bin/failing", "#!/bin/sh\nexit 3\n", 0o755);
    await scene.write("bin/data", "text\n", 0o644);
    const place = (text: string) => text.replaceAll("BIN", scene.bin);
    expect(await scene.run(opened, { ...ANA, BROWSER: place(BROWSER) })).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: `cannot open the browser: ${place(why)}`,
        hints: ["name a program in BROWSER, or print the URL with --no-browser"],
      }),
    });
  });
}

scenario("console goes on to the next browser of the list", async (scene) => {
  const browser = await fakeBrowser(scene);
  const env = { ...ANA, BROWSER: `${scene.bin}/none:${browser.command}` };
  expect(await scene.run(opened, env)).toEqual({ status: 0, stdout: "", stderr: "" });
  await browser.shows(signedIn);
});

scenario("console opens no browser when the role cannot be assumed", async (scene) => {
  const browser = await fakeBrowser(scene);
  const ended = await scene.run(["console", "--assume-roles", SAMPLE_ROLES.closed], {
    ...ANA,
    BROWSER: browser.command,
  });
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(ended.stderr).toStartWith(
    `aws-login: error: cannot assume role ${SAMPLE_ROLES.closed}: AccessDenied`,
  );
  expect(await wasStarted(scene)).toBe(false);
});

function wasStarted(scene: Scene): Promise<boolean> {
  return Bun.file(join(scene.root, "browser-exposed")).exists();
}

scenario(
  "an idle connection is closed, and the browser gets its page after that",
  async (scene) => {
    const gate = join(scene.root, "gate");
    const browser = await fakeBrowser(scene, gate);
    const program = scene.start(opened, { ...ANA, BROWSER: browser.command });
    const port = await until(async () => /http:\/\/127\.0\.0\.1:(\d+)/.exec(await browser.exposed())?.[1]);
    const closed = Promise.withResolvers<void>();
    const socket = { data() {}, close: () => closed.resolve() };
    await Bun.connect({ hostname: "127.0.0.1", port: Number(port), socket });
    await closed.promise;
    await Bun.write(gate, "");
    expect(await program.ended).toEqual({ status: 0, stdout: "", stderr: "" });
    await browser.shows(signedIn);
  },
  { waits: true },
);
