/** Asks the user for a code of their MFA device. */
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";

/** Six digits, as text. Throws a Failure when there is no terminal, or when the typed text is not a code. */
export async function askMfaCode(serial: string, system: Pick<System, "promptSecret">): Promise<string> {
  const code = await askMfaCodeOnTerminal(serial, system);
  if (code !== undefined) return code;
  throw new Failure("failed", `an MFA code for ${serial} is needed, and there is no terminal to ask for it`, {
    hints: ["give the code with --mfa-token"],
  });
}

/** The same, but undefined when there is no terminal. */
export async function askMfaCodeOnTerminal(
  serial: string,
  system: Pick<System, "promptSecret">,
): Promise<string | undefined> {
  const typed = await system.promptSecret(`Enter MFA code for ${serial}: `);
  if (typed === undefined) return undefined;
  const code = typed.trim();
  if (!/^\d{6}$/.test(code))
    throw new Failure("failed", `an MFA code for ${serial} is needed, and what was typed is not six digits`, {
      hints: [
        "run the command again and type the six digits that the device shows, or give them with --mfa-token",
      ],
    });
  return code;
}
