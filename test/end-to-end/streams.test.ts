import { expect } from "bun:test";
import { openTerminal } from "../real/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { ANA } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

/** Every command that answers on stdout by itself. */
const answering = [
  "help",
  "version",
  "completion bash",
  "getcallerid",
  "dumpcreds",
  "dumpcreds --credential-helper",
  "console --no-browser --get-federation-token",
];

for (const command of answering) {
  scenario(
    `${command} whose stdout is full ends with status 1 and one error line`,
    async (scene) => {
      const ended = await scene.bash(`aws-login ${command} > /dev/full`, ANA);
      const stderr = stderrText({ error: "cannot write to stdout: there is no space left" });
      expect(ended).toEqual({ status: 1, stdout: "", stderr });
    },
    { only: "linux" },
  );

  scenario(`${command} whose reader has gone ends with status 1 and one error line`, async (scene) => {
    // The FIFO keeps the program back until the reading end of the pipe is closed.
    const line = `mkfifo gate
{ read go < gate; aws-login ${command}; echo "status $?" >&2; } | { exec < /dev/null; echo go > gate; }`;
    const ended = await scene.bash(line, ANA);
    const error = stderrText({ error: "cannot write to stdout: whoever was to read it has gone" });
    expect(ended).toEqual({ status: 0, stdout: "", stderr: `${error}status 1\n` });
  });
}

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

scenario("no stream is coloured, whatever the environment says of colours", async (scene) => {
  const env = { FORCE_COLOR: "1", CLICOLOR_FORCE: "1", TERM: "xterm-256color", COLORTERM: "truecolor" };
  for (const args of [["getcallerid", "--verbose"], ["dumpcreds", "--profile", "none"], ["nonsense"]]) {
    const { stdout, stderr } = await scene.run(args, { ...ANA, ...env });
    expect(stdout + stderr).not.toContain("\x1b");
    expect(stdout + stderr).not.toBe("");
  }
});

scenario("no stream is coloured on a terminal", async (scene) => {
  const env = { HOME: scene.home, AWS_EC2_METADATA_DISABLED: "true", TERM: "xterm-256color" };
  await using terminal = openTerminal([executable, "getcallerid", "--xyzzy"], env);
  expect(await terminal.exited).toBe(2);
  expect(terminal.text()).toBe(
    "aws-login: error: unknown option --xyzzy\r\naws-login: hint: see: aws-login help getcallerid\r\n",
  );
});
