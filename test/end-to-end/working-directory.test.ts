import { expect, test } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyVariables } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { strace, traced } from "./support/strace.ts";
import { textOfFile } from "./support/until.ts";

/** Keys that the folder would like the program to use: another identity of the sample world. */
const planted = Object.entries({
  ...keyVariables(SAMPLE_KEYS.gus),
  AWS_SESSION_TOKEN: "planted",
  AWS_PROFILE: "planted",
  AWS_REGION: "us-gov-west-1",
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  HTTPS_PROXY: "http://127.0.0.1:1",
  NODE_TLS_REJECT_UNAUTHORIZED: "0",
  BUN_CONFIG_VERBOSE_FETCH: "1",
})
  .map(([name, value]) => `${name}=${value}\n`)
  .join("");

/** Fills a folder with every file that a runtime might take for its own; each leaves a mark when it is run. */
async function plant(scene: Scene, folder: string): Promise<() => Promise<string | undefined>> {
  const fingerprint = `${scene.root}/mark`;
  const code = `require("node:fs").appendFileSync(${JSON.stringify(fingerprint)}, __filename + "\\n");\n`;
  const bunfig = `preload = ["./preload.js"]\nlogLevel = "debug"\n[run]\nbun = true\n[install.cache]\ndir = "cache"\n`;
  const files: Record<string, string> = {
    ".env": planted,
    ".env.local": planted,
    ".env.production": planted,
    ".env.development": planted,
    "bunfig.toml": bunfig,
    ".bunfig.toml": bunfig,
    "preload.js": code,
    "index.js": code,
    "main.ts": code,
    "package.json": JSON.stringify({
      type: "module",
      main: "index.js",
      imports: { "node:os": "./preload.js", "./*": "./preload.js" },
      scripts: { dumpcreds: "echo planted", getcallerid: "echo planted" },
    }),
    "tsconfig.json": JSON.stringify({
      compilerOptions: { baseUrl: ".", paths: { "*": ["./preload.js"] }, jsxImportSource: "planted" },
    }),
    "node_modules/getcallerid/index.js": code,
    "node_modules/node-fs/index.js": code,
    "identity/acquire-identity.js": code,
    "commands/getcallerid.js": code,
    config: `[default]\nregion = us-gov-west-1\n`,
    credentials: `[default]\naws_access_key_id = planted\naws_secret_access_key = planted\n`,
    ".aws/config": `[default]\nregion = us-gov-west-1\n`,
    ".aws/credentials": `[default]\naws_access_key_id = planted\naws_secret_access_key = planted\n`,
  };
  for (const [name, text] of Object.entries(files)) await scene.write(`${folder}/${name}`, text);
  await scene.write(
    `${folder}/node_modules/.bin/getcallerid`,
    `#!/bin/sh\necho planted > ${fingerprint}\n`,
    0o755,
  );
  return () => textOfFile(fingerprint);
}

const jump = ["--assume-roles", SAMPLE_ROLES.jump];

scenario("a hostile working directory changes nothing for getcallerid", async (scene) => {
  const fingerprint = await plant(scene, "work");
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  expect(await scene.run(["getcallerid", ...jump], ANA)).toEqual({ status: 0, stdout, stderr: "" });
  expect(await fingerprint()).toBeUndefined();
  expect(scene.standIn.tunnels.map(({ host }) => host)).toEqual(["sts.us-east-1.amazonaws.com"]);
});

scenario("a hostile working directory gets no credentials", async (scene) => {
  const fingerprint = await plant(scene, "work");
  const ended = await scene.run(["dumpcreds", "--credential-helper"]);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 3, stdout: "" });
  expect(ended.stderr).toStartWith("aws-login: error: no credentials found\n");
  expect(await fingerprint()).toBeUndefined();
  expect(scene.standIn.connections).toEqual([]);
});

scenario("a hostile working directory changes nothing for console", async (scene) => {
  const fingerprint = await plant(scene, "work");
  const ended = await scene.run(["console", "--no-browser", ...jump], ANA);
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  expect(ended.stdout).toStartWith("https://signin.aws.amazon.com/federation?");
  expect(await fingerprint()).toBeUndefined();
});

scenario("a hostile working directory changes nothing for runas", async (scene) => {
  const fingerprint = await plant(scene, "work");
  const ended = await scene.run(
    ["runas", ...jump, "--command", "env | grep -c planted; env | grep ^AWS_REGION"],
    ANA,
  );
  expect(ended).toEqual({ status: 1, stdout: "0\n", stderr: "" });
  expect(await fingerprint()).toBeUndefined();
});

scenario("a program of the working directory is not taken for one on PATH", async (scene) => {
  const fingerprint = await plant(scene, "work");
  const ended = await scene.run(["runas", ...jump, "--", "getcallerid"], ANA);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 127, stdout: "" });
  expect(await fingerprint()).toBeUndefined();
});

scenario("help and version read nothing of the working directory", async (scene) => {
  const fingerprint = await plant(scene, "work");
  for (const args of [["help"], ["version"], ["completion", "bash"]]) {
    const ended = await scene.run(args);
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
  }
  expect(await fingerprint()).toBeUndefined();
});

scenario("the runtime's own settings in the home directory change nothing either", async (scene) => {
  const fingerprint = await plant(scene, "home/settings");
  const bunfig = `preload = ["${scene.home}/settings/preload.js"]\n`;
  await scene.write("home/.bunfig.toml", bunfig);
  await scene.write("home/.config/.bunfig.toml", bunfig);
  const env = { ...ANA, XDG_CONFIG_HOME: `${scene.home}/.config` };
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  expect(await scene.run(["getcallerid", ...jump], env)).toEqual({ status: 0, stdout, stderr: "" });
  expect(await fingerprint()).toBeUndefined();
});

/** Runs that have no business in the working directory. */
const runs: Record<string, readonly string[]> = {
  version: ["version"],
  help: ["help", "dumpcreds"],
  "completion bash": ["completion", "bash"],
  getcallerid: ["getcallerid", ...jump],
  "dumpcreds --use-cache": ["dumpcreds", "--credential-helper", "--use-cache", ...jump],
  "console --no-browser": ["console", "--no-browser", ...jump],
  runas: ["runas", ...jump, "--", "true"],
  "a usage error": ["dumpcreds", "--no-such-option"],
  "a missing profile": ["dumpcreds", "--profile", "none"],
};

const sentence = "no file of the working directory is looked at by any command";
if (strace === undefined) test.skip(`${sentence} (there is no strace)`, () => {});
else {
  scenario(
    sentence,
    async (scene) => {
      await plant(scene, "work");
      for (const [name, args] of Object.entries(runs)) {
        const { calls } = await traced(scene, args, { calls: "file", env: ANA });
        const paths = calls
          .filter((line) => !line.includes("getcwd("))
          .flatMap((line) => [...(/(?:\(|AT_FDCWD, )"([^"]*)"/g.exec(line)?.slice(1, 2) ?? [])]);
        expect(paths.length).toBeGreaterThan(5);
        const isInside = (path: string) => path.startsWith(`${scene.work}/`) || /^[^/]/.test(path);
        expect({ name, inside: paths.filter(isInside) }).toEqual({ name, inside: [] });
      }
    },
    { only: "linux" },
  );
}
