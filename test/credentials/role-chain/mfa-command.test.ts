import { describe, expect, test } from "bun:test";
import { codeOfMfaCommand } from "../../../src/credentials/role-chain/mfa-command.ts";
import { Failure } from "../../../src/lib/errors.ts";
import type { HelperEnd, System } from "../../../src/system/types.ts";
import { failureOf, shownText } from "../../support/failure.ts";

const serial = "arn:aws:iam::111111111111:mfa/ana";

function shell(end: Partial<HelperEnd> | Error): Pick<System, "runHelper" | "env"> & { ran: unknown[] } {
  const ran: unknown[] = [];
  return {
    ran,
    env: { HOME: "/home/me" },
    runHelper: async (...given) => {
      ran.push(given);
      if (end instanceof Error) throw end;
      return { status: 0, signal: undefined, stdout: "", stderr: "", ...end };
    },
  };
}

describe("codeOfMfaCommand()", () => {
  test("codeOfMfaCommand() takes the six digits without blanks, in the caller's environment", async () => {
    const system = shell({ stdout: " 012345\r\n" });
    expect(await codeOfMfaCommand(serial, "ykman code", system)).toBe("012345");
    expect(system.ran).toEqual([["ykman code", { HOME: "/home/me" }]]);
  });

  const refused: Readonly<Record<string, readonly [Partial<HelperEnd> | Error, why: string]>> = {
    "a command that fails": [{ status: 3, stdout: "654321" }, "it failed (exit status 3)"],
    "a command that a signal ends": [
      { status: undefined, signal: "SIGKILL" },
      "it failed (ended by SIGKILL)",
    ],
    "no output": [{ stdout: "" }, "what it printed is not six digits"],
    "another output": [{ stdout: "code: 654321" }, "what it printed is not six digits"],
    "seven digits": [{ stdout: "6543210" }, "what it printed is not six digits"],
    "too much output": [{ stdout: undefined }, "what it printed is not six digits"],
    "a shell that is missing": [
      new Error("the shell cannot be started: ENOENT"),
      "the shell cannot be started: ENOENT",
    ],
  };
  test.each(Object.entries(refused))(
    "codeOfMfaCommand() refuses %s, and shows no code",
    async (_, [end, why]) => {
      const failure = await failureOf(() => codeOfMfaCommand(serial, "ykman code", shell(end)));
      expect(failure.message).toBe(
        `cannot get the MFA code for ${serial} from the command of mfa_process: ${why}`,
      );
      expect(shownText(failure)).not.toContain("654321");
    },
  );

  test("codeOfMfaCommand() hands on an interruption", async () => {
    const interrupted = new Failure("interrupted", "interrupted");
    expect(await failureOf(() => codeOfMfaCommand(serial, "x", shell(interrupted)))).toBe(interrupted);
  });
});
