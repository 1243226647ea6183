/** A command that prints the code of an MFA device: `mfa_process` of a profile, as aws-vault runs it, or `--mfa-process`. */
import { Failure, reasonOf } from "../../lib/errors.ts";
import type { HelperEnd, System } from "../../system/types.ts";

/**
 * Runs the command through the shell, in the caller's environment. The six digits that it prints, as text. Throws a
 * Failure that shows nothing of what it printed.
 */
export async function codeOfMfaCommand(
  serial: string,
  command: string,
  system: Pick<System, "runHelper" | "env">,
): Promise<string> {
  const failure = (why: string, cause?: unknown) =>
    new Failure("failed", `cannot get the MFA code for ${serial} from the command of mfa_process: ${why}`, {
      hints: ["run the command yourself to see what it prints, or give the code with --mfa-token"],
      cause,
    });
  let end: HelperEnd;
  try {
    end = await system.runHelper(command, system.env);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw failure(reasonOf(error), error);
  }
  if (end.status !== 0) {
    throw failure(
      `it failed (${end.status === undefined ? `ended by ${end.signal}` : `exit status ${end.status}`})`,
    );
  }
  const code = end.stdout?.trim() ?? "";
  if (!/^\d{6}$/.test(code)) throw failure("what it printed is not six digits");
  return code;
}
