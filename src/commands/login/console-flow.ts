/** Which browser a sign-in with console credentials uses, and whether it is begun anew. */
import type { Options } from "../../cli/option-record.ts";
import { withoutEffectWarning } from "../../credentials/options-without-effect.ts";
import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import { lookAround } from "../../sso/login/choose-flow.ts";
import type { System } from "../../system/types.ts";
import { type ConsoleSignIn, type SignedIn, signInElsewhere, signInHere } from "./console-sign-in.ts";

type FlowOptions = Pick<Options, "callbackPort" | "noBrowser" | "remote">;

/**
 * Signs in. A proof of the key has a time in it, and the service may take a code as spent although it refuses the proof for
 * its time; then the person signs in once more, by AWS's clock. Throws a Failure.
 */
export async function consoleSignIn(
  context: ConsoleSignIn,
  options: FlowOptions,
  system: System,
): Promise<SignedIn> {
  const { http } = context.caller;
  const { clockOffset } = http;
  try {
    return await signInOnce(context, options, system);
  } catch (error) {
    const isSpent = error instanceof Failure && error.serviceError?.code === "AUTHCODE_EXPIRED";
    if (!isSpent || http.clockOffset === clockOffset) throw error;
    const minutes = Math.round(Math.abs(http.clockOffset) / 60_000);
    const where = http.clockOffset < 0 ? "ahead of" : "behind";
    system.stderr(
      `aws-login: this machine's clock is ${minutes} minutes ${where} AWS's, and the sign-in was refused for it; signing in once more`,
    );
    return await signInOnce(context, options, system);
  }
}

/** Another machine's browser with `--remote`, and by itself where no browser of this machine can come back. */
async function signInOnce(context: ConsoleSignIn, options: FlowOptions, system: System): Promise<SignedIn> {
  const { callbackPort, noBrowser, remote } = options;
  const surroundings = await lookAround(system);
  const noneHere = !system.env.BROWSER && (surroundings === "ssh" || surroundings === "container");
  if (remote || (noneHere && !noBrowser && callbackPort === undefined)) {
    if (callbackPort !== undefined) {
      const why = "the code is pasted into the terminal";
      system.stderr(withoutEffectWarning({ option: "--callback-port", why }));
    }
    return signInElsewhere(context);
  }
  const elsewhere =
    callbackPort === undefined
      ? undefined
      : {
          paste: "never" as const,
          port: callbackPort,
          ...optional("sshConnection", system.env.SSH_CONNECTION || undefined),
        };
  const browser = noBrowser || noneHere ? "leave" : "open";
  const login = await signInHere(context, { browser, ...optional("elsewhere", elsewhere) });
  return login ?? signInElsewhere(context);
}
