import { describe, expect, test } from "bun:test";
import { chainVariable } from "../../../src/credentials/profile-chain.ts";
import { acquireFromProcess, processSource } from "../../../src/credentials/sources/process.ts";
import type { Environment, HelperEnd } from "../../../src/system/types.ts";
import { configPath, profileOf } from "../../config/from-text.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { noon } from "../../support/fake-system.ts";

describe("processSource()", () => {
  test("processSource() is the command of the profile, and the account id beside it", () => {
    const profile = profileOf("credential_process = helper --give", "aws_account_id = 012345678901");
    expect(processSource(profile)).toEqual({
      kind: "process",
      command: "helper --give",
      from: `profile p (${configPath}:2)`,
      accountId: "012345678901",
    });
  });

  test("processSource() is nothing where there is no command, or an empty one", () => {
    expect(processSource(profileOf("region = eu-west-1"))).toBeUndefined();
    expect(processSource(profileOf("credential_process ="))).toBeUndefined();
  });

  for (const [sign, column] of [
    [";", 31],
    ["#", 31],
  ] as const) {
    test(`processSource() says where a ${sign} in quotes ends the command`, () => {
      const source = processSource(profileOf(`credential_process = sh -c '1 ${sign} mfa.sh x'`));
      expect(source?.command).toBe("sh -c '1");
      expect(source?.cutAt).toBe(
        `the command ends before the ${sign} in column ${column} of ${configPath}:2, where a comment begins, in quotes too`,
      );
    });
  }

  test("processSource() joins a continued command with blanks, so that no shell takes it for two", () => {
    const profile = profileOf("credential_process = helper", "  --give", "  --all");
    expect(processSource(profile)?.command).toBe("helper --give --all");
  });
});

const source = {
  kind: "process",
  from: "profile dev (/home/ana/.aws/config:2)",
  command: "helper --give",
  accountId: undefined,
} as const;
const printed = { Version: 1, AccessKeyId: "ASIAMADEUP", SecretAccessKey: "made-up-secret" };

function helper(end: Partial<HelperEnd> | Error, env: Environment = {}) {
  const runs: { command: string; env: Environment }[] = [];
  return {
    runs,
    env,
    now: () => noon,
    nestingDepth: async () => 0,
    runHelper: async (command: string, environment: Environment): Promise<HelperEnd> => {
      runs.push({ command, env: environment });
      if (end instanceof Error) throw end;
      return { status: 0, signal: undefined, stdout: "", stderr: "", ...end };
    },
  };
}
const printing = (members: object) => helper({ stdout: JSON.stringify({ ...printed, ...members }) });
const quiet = () => {};
const doing = "cannot get credentials from the credential_process of profile dev (/home/ana/.aws/config:2)";

describe("acquireFromProcess()", () => {
  test("acquireFromProcess() says where a comment cut a command that failed", async () => {
    const cut = { ...source, cutAt: "the command ends before the ; in column 30 of config:2" };
    const { notes, hints } = await failureOf(() =>
      acquireFromProcess(cut, helper({ status: 2, stderr: "unexpected EOF" }), quiet),
    );
    expect(notes).toEqual(["the command said: unexpected EOF", cut.cutAt]);
    expect(hints).toEqual([
      "put the command into a script, and the path of the script into credential_process",
    ]);
  });

  test("acquireFromProcess() runs the command in the caller's environment", async () => {
    const system = helper({ stdout: JSON.stringify(printed) }, { AWS_PROFILE: "dev", PATH: "/bin" });
    expect(await acquireFromProcess(source, system, quiet)).toEqual({
      accessKeyId: "ASIAMADEUP",
      secretAccessKey: "made-up-secret",
    });
    expect(system.runs).toEqual([
      {
        command: "helper --give",
        env: {
          AWS_PROFILE: "dev",
          PATH: "/bin",
          [chainVariable]: JSON.stringify(["dev (/home/ana/.aws/config:2)"]),
        },
      },
    ]);
  });

  test("acquireFromProcess() does not run a command that is waiting for this very profile", async () => {
    const env = { [chainVariable]: JSON.stringify(["dev (/home/ana/.aws/config:2)"]) };
    const system = helper({ stdout: JSON.stringify(printed) }, env);
    const failure = await failureOf(() => acquireFromProcess(source, system, quiet));
    expect(failure.message).toContain("it is waiting for this very profile");
    expect(system.runs).toEqual([]);
  });

  test("acquireFromProcess() does not run a command deep inside of other runs of this program", async () => {
    const system = { ...helper({ stdout: JSON.stringify(printed) }), nestingDepth: async () => 10 };
    const failure = await failureOf(() => acquireFromProcess(source, system, quiet));
    expect(failure.message).toBe(
      "cannot run the credential_process of profile dev (/home/ana/.aws/config:2): aws-login runs inside 10 others already, so the commands start each other without end",
    );
    expect(system.runs).toEqual([]);
  });

  test("acquireFromProcess() adds the profile's account id only where the command prints none", async () => {
    const withId = { ...source, accountId: "111111111111" };
    expect(await acquireFromProcess(withId, printing({}), quiet)).toMatchObject({
      accountId: "111111111111",
    });
    expect(await acquireFromProcess(withId, printing({ AccountId: "222222222222" }), quiet)).toMatchObject({
      accountId: "222222222222",
    });
  });

  test("acquireFromProcess() shows the exit status and stderr of a command that fails, and never its stdout", async () => {
    const system = helper({ status: 3, stdout: JSON.stringify(printed), stderr: "\n vault is locked \n" });
    const failure = await failureOf(() => acquireFromProcess(source, system, quiet));
    expect(failure.message).toBe(`${doing}: the command failed (exit status 3)`);
    expect(failure.notes).toEqual(["the command said: vault is locked"]);
    expect(shownText(failure)).not.toContain("made-up");
  });

  test("acquireFromProcess() shows once what runs of this program inside of each other say alike", async () => {
    const said = [
      "error: it failed",
      "note: the command said: aws-login: note: the command said: why",
      "error: it failed",
    ];
    const system = helper({ status: 1, stderr: said.map((line) => `aws-login: ${line}\n`).join("") });
    const failure = await failureOf(() => acquireFromProcess(source, system, quiet));
    expect(failure.notes).toEqual(["the command said: aws-login: error: it failed", "the command said: why"]);
  });

  test("acquireFromProcess() shows the last lines of a long complaint, and cuts long lines", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    const system = helper({ status: 1, stderr: [...lines, "x".repeat(9000)].join("\r\n") });
    const { notes } = await failureOf(() => acquireFromProcess(source, system, quiet));
    expect(notes.slice(0, 4)).toEqual([46, 47, 48, 49].map((index) => `the command said: line ${index}`));
    expect(notes).toHaveLength(5);
    expect(notes[4]?.length).toBeLessThan(1100);
  });

  const failures: Record<string, [end: Partial<HelperEnd> | Error, why: string]> = {
    "a command that a signal ended": [
      { status: undefined, signal: "SIGKILL" },
      "the command failed (ended by SIGKILL)",
    ],
    "a command that the shell did not find": [{ status: 127 }, "the command failed (exit status 127)"],
    "a flood": [{ stdout: undefined }, "it printed more than credentials or an error can be"],
    "a flood of complaints": [{ stderr: undefined }, "it printed more than credentials or an error can be"],
    silence: [{}, "what it printed is not a JSON object"],
    "text that is no JSON": [{ stdout: "made-up-secret" }, "what it printed is not a JSON object"],
    "a missing Version": [
      { stdout: '{"AccessKeyId":"made-up"}' },
      "what it printed lacks Version with the number 1",
    ],
    "a shell that cannot be started": [
      new Error("the shell cannot be started: no /bin/sh"),
      "the shell cannot be started: no /bin/sh",
    ],
  };
  for (const [sentence, [end, why]] of Object.entries(failures)) {
    test(`acquireFromProcess() reports ${sentence}`, async () => {
      const failure = await failureOf(() => acquireFromProcess(source, helper(end), quiet));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toBe(`${doing}: ${why}`);
      expect(shownText(failure)).not.toContain("made-up");
    });
  }

  test("acquireFromProcess() refuses credentials that have expired", async () => {
    const system = printing({ Expiration: "2030-01-31T12:00:00Z" });
    const failure = await failureOf(() => acquireFromProcess(source, system, quiet));
    expect(failure.message).toBe(`${doing}: what it printed expired at 2030-01-31T12:00:00Z`);
  });

  test("acquireFromProcess() takes credentials that have a second left", async () => {
    const credentials = await acquireFromProcess(
      source,
      printing({ Expiration: "2030-01-31T12:00:01Z" }),
      quiet,
    );
    expect(credentials.expiration).toBe(noon + 1000);
  });

  test("acquireFromProcess() traces how the command ended, without what it printed", async () => {
    const lines: string[] = [];
    await acquireFromProcess(source, printing({}), (line) => lines.push(line));
    expect(lines).toEqual([
      "credential_process of profile dev (/home/ana/.aws/config:2): exit status 0, 0 ms",
    ]);
  });
});
