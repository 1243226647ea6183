import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../src/lib/version.ts";
import { runMain, runMainDropped } from "./support/main-program.ts";

/** No profile, no instance metadata. */
const nothing = { HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" };
const keys = { ...nothing, AWS_ACCESS_KEY_ID: "AKIAMADEUP", AWS_SECRET_ACCESS_KEY: "made-up" };

describe("main()", () => {
  test.each(["version", "--version"])("answers %s", async (word) => {
    expect(await runMain([word])).toEqual({
      status: 0,
      stdout: `aws-login ${version}\n`,
      stderr: "",
    });
  });

  test.each(["help", "--help", "-h", "help dumpcreds", "dumpcreds --help", "completion bash"])(
    "answers %s on stdout",
    async (line) => {
      const { status, stdout, stderr } = await runMain(line.split(" "));
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("aws-login");
    },
  );

  test("ends with status 1 and an error when the event loop is empty before there is an answer", async () => {
    expect(await runMainDropped(["getcallerid"])).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "aws-login: error: ended before it was done: the runtime has nothing left to wait for\naws-login: hint: this is a defect: report it with the options used (no secrets) and what aws-login version says\n",
    });
  });

  test("hands a command its options and its answer on", async () => {
    expect(await runMain(["dumpcreds", "--outform", "env"], keys)).toEqual({
      status: 0,
      stdout: "AWS_ACCESS_KEY_ID=AKIAMADEUP\nAWS_SECRET_ACCESS_KEY=made-up\nAWS_SESSION_TOKEN=\n",
      stderr: "",
    });
  });

  describe("with --profile", () => {
    let home: string;
    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), "main-"));
      await mkdir(join(home, ".aws"));
      const settings = "aws_access_key_id = AKIAMADEUP\naws_secret_access_key = made-up\n";
      await writeFile(
        join(home, ".aws/config"),
        `[profile keys]\n${settings}[profile odd]\n${settings}regoin = eu-west-1\n[profile bad]\nx\n`,
      );
    });
    afterAll(() => rm(home, { recursive: true }));
    const answer = /export AWS_ACCESS_KEY_ID=AKIAMADEUP\nexport AWS_SECRET_ACCESS_KEY=made-up\n/;
    const line = (name: string) => ["dumpcreds", "--profile", name];

    test("answers for a profile that holds keys alone", async () => {
      const { status, stdout, stderr } = await runMain(line("keys"), { HOME: home });
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(answer);
    });

    test("warns about a setting beside the keys", async () => {
      const { status, stdout, stderr } = await runMain(line("odd"), { HOME: home });
      expect(status).toBe(0);
      expect(stderr).toContain("regoin");
      expect(stdout).toMatch(answer);
    });

    test("reports a profile that does not parse, and one that does not exist", async () => {
      const bad = await runMain(line("bad"), { HOME: home });
      expect([bad.status, bad.stdout]).toEqual([1, ""]);
      expect(bad.stderr).toContain(`cannot parse ${home}/.aws/config: line 9 has no =`);
      const none = await runMain(line("none"), { HOME: home });
      expect([none.status, none.stdout]).toEqual([3, ""]);
      expect(none.stderr).toContain("cannot use profile none");
    });
  });

  test("hands on the words after -- and the child's status", async () => {
    const words = ["runas", "--", "/bin/sh", "-c", 'echo "$AWS_ACCESS_KEY_ID"; exit 7'];
    expect(await runMain(words, keys)).toEqual({ status: 7, stdout: "AKIAMADEUP\n", stderr: "" });
  });

  test("reports a failure of the cached answer like every other failure", async () => {
    const words = ["dumpcreds", "--credential-helper", "--use-cache", "--profile", "x"];
    expect(await runMain(words, { ...keys, AWS_LOGIN_HOME: "here" })).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "aws-login: error: cannot use AWS_LOGIN_HOME: here is not an absolute path\naws-login: hint: write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER\n",
    });
  });

  const statuses: Record<string, [words: string[], env: Record<string, string>, status: number]> = {
    "1 for what was tried and failed": [["dumpcreds"], { ...keys, AWS_SECRET_ACCESS_KEY: "" }, 1],
    "2 for wrong usage": [["dumpcred"], {}, 2],
    "2 for no command": [["--verbose"], {}, 2],
    "3 where there are no credentials": [["getcallerid"], nothing, 3],
    "126 for a program that cannot run": [["runas", "--", "/"], keys, 126],
    "127 for a program that is not there": [["runas", "--", "/nonexistent/program"], keys, 127],
  };
  test.each(Object.entries(statuses))(
    "ends with %s, and only stderr says why",
    async (_, [words, env, status]) => {
      const ended = await runMain(words, env);
      expect([ended.status, ended.stdout]).toEqual([status, ""]);
      expect(ended.stderr).toMatch(/^aws-login: error: .+\n(aws-login: (note|hint): .+\n)*$/);
    },
  );
});
