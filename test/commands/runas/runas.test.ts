import { describe, expect, test } from "bun:test";
import { refuseNothingToRun, run } from "../../../src/commands/runas/runas.ts";
import type { ProgramEnd } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../../support/options.ts";

const env = { ...environmentKeys, PATH: "/bin", AWS_PROFILE: "" };
const options = optionsOf("runas");
const exited = (code: number): ProgramEnd => ({ kind: "exited", code });

describe("run()", () => {
  test("runs the program under the identity, with its arguments as they are", async () => {
    const system = fakeSystem({ env, child: exited(0) });
    const argv = ["aws", "s3", "ls", "", "a b", "$HOME"];
    expect(await run(optionsOf("runas", "--region", "eu-west-3"), argv, system)).toBe(0);
    expect(system.children).toEqual([
      {
        argv,
        env: {
          HOME: "/home/me",
          PATH: "/bin",
          AWS_ACCESS_KEY_ID: "AKIASTART",
          AWS_SECRET_ACCESS_KEY: "made/up+start",
          AWS_REGION: "eu-west-3",
          AWS_DEFAULT_REGION: "eu-west-3",
        },
      },
    ]);
    expect([system.stdoutTexts, system.stderrLines]).toEqual([[], []]);
  });

  const shells: [platform: NodeJS.Platform, argv: string[]][] = [
    ["linux", ["/bin/sh", "-c", "--", "ls | wc -l"]],
    ["darwin", ["/bin/sh", "-c", "--", "ls | wc -l"]],
    ["win32", ["cmd.exe", "/d", "/s", "/c", "ls | wc -l"]],
  ];
  test.each(shells)("gives the text of --command to the shell of %s", async (platform, argv) => {
    const system = fakeSystem({ env, platform, child: exited(0) });
    await run({ ...options, command: "ls | wc -l" }, undefined, system);
    expect(system.children[0]?.argv).toEqual(argv);
  });

  test.skipIf(process.platform === "win32").each(["/bin/sh", "bash", "dash"])(
    "a text that begins with a hyphen is a command for %s",
    async (shell) => {
      const system = fakeSystem({ env, platform: "linux", child: exited(0) });
      await run({ ...options, command: "-x" }, undefined, system);
      const [, ...words] = system.children[0]?.argv ?? [];
      const program = Bun.which(shell);
      if (program === null) return;
      expect(Bun.spawnSync([program, ...words], { stdio: ["ignore", "ignore", "ignore"] }).exitCode).toBe(
        127,
      );
    },
  );

  const ends: [end: ProgramEnd, status: number][] = [
    [exited(0), 0],
    [exited(1), 1],
    [exited(255), 255],
    [{ kind: "signalled", signal: 2 }, 130],
    [{ kind: "signalled", signal: 15 }, 143],
  ];
  test.each(ends)("after %j has the status %d", async (child, status) => {
    expect(await run(options, ["true"], fakeSystem({ env, child }))).toBe(status);
  });

  const elsewhere = "give a program on PATH after --, or a whole command line with --command";
  const refusals: [child: ProgramEnd, says: string, status: number, hints: string[]][] = [
    [{ kind: "not-found" }, "cannot run gone: there is no such program", 127, [elsewhere]],
    [{ kind: "not-executable", reason: "no" }, "cannot run gone: no", 126, []],
    [{ kind: "not-executable", reason: "no", hint: "mend it" }, "cannot run gone: no", 126, ["mend it"]],
  ];
  test.each(refusals)("after %j says so", async (child, says, status, hints) => {
    const failure = await failureOf(() =>
      run(options, ["gone", "made-up-secret"], fakeSystem({ env, child })),
    );
    expect(failure.message).toBe(says);
    expect(failure.exitStatus).toBe(status);
    expect(failure.hints).toEqual(hints);
  });

  test("runs nothing without an identity", async () => {
    const system = fakeSystem({ env: { HOME: "/home/me", AWS_EC2_METADATA_DISABLED: "true" } });
    const failure = await failureOf(() => run(options, ["true"], system));
    expect(failure.kind).toBe("no-credentials");
    expect(system.children).toEqual([]);
  });

  const ownShells: [platform: NodeJS.Platform, env: Record<string, string>, shell: string][] = [
    ["linux", { SHELL: "/bin/zsh" }, "/bin/zsh"],
    ["darwin", {}, "/bin/sh"],
    ["win32", { COMSPEC: "C:\\cmd.exe" }, "C:\\cmd.exe"],
  ];
  test.each(ownShells)(
    "gives a person at a terminal of %s the shell of %j",
    async (platform, more, shell) => {
      const stdinIsTerminal = async () => true;
      const system = fakeSystem({
        env: { ...env, ...more },
        platform,
        child: exited(0),
        instead: { stdinIsTerminal },
      });
      await run(options, undefined, system);
      expect(system.children[0]?.argv).toEqual([shell]);
      expect(system.children[0]?.env.AWS_LOGIN_IDENTITY).toBe("AKIASTART");
    },
  );

  test("names the identity for no other program", async () => {
    const system = fakeSystem({ env, child: exited(0) });
    await run(options, ["true"], system);
    expect(system.children[0]?.env).not.toHaveProperty("AWS_LOGIN_IDENTITY");
  });
});

describe("refuseNothingToRun()", () => {
  const refuse = (words: readonly string[] | undefined, isTerminal: boolean) =>
    refuseNothingToRun({ ...(words && { words }) }, undefined, { stdinIsTerminal: async () => isTerminal });

  test("refuses to run nothing without a terminal, and names the way to run something", async () => {
    const failure = await failureOf(() => refuse(undefined, false));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toBe("runas needs something to run");
    expect(failure.hints[0]).toStartWith("for example: aws-login runas -- aws s3 ls");
    const withWords = await failureOf(() => refuse(["aws", "s3"], false));
    expect(withWords.hints[0]).toStartWith("put -- before the program: aws-login runas");
  });

  test("lets a person at a terminal have a shell", () => refuse(["prod"], true));
});
