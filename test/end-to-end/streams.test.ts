import { expect } from "bun:test";
import { largeDirectory } from "../stand-in/large-directory.ts";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { ANA } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { tokenFile } from "./support/sign-ins.ts";
import { stderrText } from "./support/stderr-text.ts";

const cached = `dumpcreds --credential-helper --use-cache --assume-roles ${SAMPLE_ROLES.jump}`;
const listing = "dumpconfig --accesstoken-cache token.json";

/** Every command that answers on stdout by itself. */
const answering = [
  "help",
  "help dumpconfig",
  "version",
  "--version",
  "completion bash",
  "getcallerid",
  "dumpcreds",
  "dumpcreds --outform json",
  "dumpcreds --credential-helper",
  cached,
  "console --no-browser --get-federation-token",
  listing,
];

/** What some of them need: a token, and cached credentials. */
async function arrange(scene: Scene, command: string): Promise<void> {
  if (command === cached) await scene.run(cached.split(" "), ANA);
  if (command === listing) await scene.write("work/token.json", tokenFile(scene.standIn.signIn(), 3600));
}

for (const command of answering) {
  scenario(
    `${command} whose stdout is full ends with status 1 and one error line`,
    async (scene) => {
      await arrange(scene, command);
      const ended = await scene.bash(`aws-login ${command} > /dev/full`, ANA);
      const stderr = stderrText({ error: "cannot write to stdout: there is no space left" });
      expect(ended).toEqual({ status: 1, stdout: "", stderr });
    },
    { only: "linux" },
  );

  scenario(`${command} whose reader has gone ends with status 1 and without a word`, async (scene) => {
    await arrange(scene, command);
    // The FIFO keeps the program back until the reading end of the pipe is closed.
    const line = `mkfifo gate
{ read go < gate; aws-login ${command}; echo "status $?" >&2; } | { exec < /dev/null; echo go > gate; }`;
    const ended = await scene.bash(line, ANA);
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "status 1\n" });
  });

  scenario(
    `${command} whose stderr cannot be written answers all the same`,
    async (scene) => {
      await arrange(scene, command);
      const verbose = /^(help|completion|(--)?version)/.test(command) ? "" : "--verbose";
      for (const stderr of ["2> /dev/full", "2>&-", "2> >(true)"]) {
        const ended = await scene.bash(`aws-login ${command} ${verbose} ${stderr}`, ANA);
        expect([stderr, ended.status, ended.stderr]).toEqual([stderr, 0, ""]);
        expect(ended.stdout.length).toBeGreaterThan(10);
      }
    },
    { only: "linux" },
  );
}

scenario("a reader that closes stdout in the middle ends the program without a message", async (scene) => {
  await arrange(scene, listing);
  scene.standIn.replaceAccounts(largeDirectory(500, 4));
  const ended = await scene.bash(`aws-login ${listing} | head -n 1; echo "status \${PIPESTATUS[0]}"`);
  expect(ended).toEqual({
    status: 0,
    stdout: "# This is your Identity Center portal entry...\nstatus 1\n",
    stderr: "",
  });
});

scenario(
  "with both streams full or closed, the status still tells the outcome",
  async (scene) => {
    const full = await scene.bash("aws-login getcallerid --verbose > /dev/full 2>&1", ANA);
    expect(full).toEqual({ status: 1, stdout: "", stderr: "" });
    const line = `mkfifo gate
{ read go < gate; aws-login getcallerid --verbose 2>&1; echo "status $?" > said; } | { exec < /dev/null; echo go > gate; }
cat said`;
    expect(await scene.bash(line, ANA)).toEqual({ status: 0, stdout: "status 1\n", stderr: "" });
  },
  { only: "linux" },
);

scenario("a stdout that is closed gets nothing, and no file gets it instead", async (scene) => {
  const ended = await scene.bash(`aws-login ${cached} >&- && aws-login ${cached}`, ANA);
  expect([ended.status, ended.stderr]).toEqual([0, ""]);
  // The cache entry is whole: it is served.
  expect(JSON.parse(ended.stdout)).toHaveProperty("SessionToken");
  expect(scene.standIn.requests).toHaveLength(1);
});

scenario(
  "a failure keeps its status when stderr cannot be written",
  async (scene) => {
    for (const stderr of ["2> /dev/full", "2>&-"]) {
      expect(await scene.bash(`aws-login dumpcreds ${stderr}`)).toEqual({
        status: 3,
        stdout: "",
        stderr: "",
      });
    }
  },
  { only: "linux" },
);

scenario("no stream is coloured in a pipe, whatever the colour variables are", async (scene) => {
  const env = { FORCE_COLOR: "1", CLICOLOR_FORCE: "1", TERM: "xterm-256color", COLORTERM: "truecolor" };
  for (const args of [["getcallerid", "--verbose"], ["dumpcreds", "--profile", "none"], ["nonsense"]]) {
    const { stdout, stderr } = await scene.run(args, { ...ANA, ...env });
    expect(stdout + stderr).not.toContain("\x1b");
    expect(stdout + stderr).not.toBe("");
  }
});

scenario("no stream is coloured on a terminal with NO_COLOR", async (scene) => {
  const env = {
    HOME: scene.home,
    AWS_EC2_METADATA_DISABLED: "true",
    TERM: "xterm-256color",
    NO_COLOR: "1",
  };
  await using terminal = openTerminal([executable, "getcallerid", "--xyzzy"], env);
  expect(await terminal.exited).toBe(2);
  expect(terminal.text()).toBe(
    "aws-login: error: unknown option --xyzzy\r\naws-login: hint: see: aws-login help getcallerid\r\n",
  );
});
