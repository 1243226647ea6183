/** The sign-ins to Identity Center that this user's files hold. */
import { Failure } from "../../lib/errors.ts";
import { formatIsoTime, parseIsoTime } from "../../lib/iso-time.ts";
import { openTokenLocation } from "../../sso/open-token-location.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import { canRefresh, tokenEnd, tokenState } from "../../sso/token-lifetime.ts";
import type { System } from "../../system/types.ts";
import { portalsOfFiles } from "../../targets/named-portals.ts";
import type { TargetRun } from "../../targets/target-run.ts";
import type { SignInReport } from "./status-report.ts";

/** Every stored sign-in, each file once. Sends nothing. One that cannot be read is left out. */
export async function signInReports(run: TargetRun): Promise<readonly SignInReport[]> {
  const found = new Map<string, SignInReport>();
  for (const { choice } of await portalsOfFiles(run, () => {})) {
    try {
      const state = await signInState(choice, run.context.system, run.context.home);
      if (state.report !== undefined) found.set(state.report.file ?? "", state.report);
    } catch (error) {
      // A portal that cannot be used is reported where it is the source.
      if (!(error instanceof Failure)) throw error;
    }
  }
  return [...found.values()];
}

export interface SignInState {
  /** Undefined without a stored token. */
  readonly report: SignInReport | undefined;
  /** `due`: over, and renewed without a person at the next use. */
  readonly state: "valid" | "due" | "missing";
  readonly name: string;
  /** The command that signs in. */
  readonly hint: string;
}

/** Throws a Failure. */
export async function signInState(
  choice: PortalChoice,
  system: System,
  home: string | undefined,
): Promise<SignInState> {
  const location = await openTokenLocation(choice, { system, home, nrt: false, prompt: "never" });
  const token = await location.store.readToken();
  const { name, loginHint: hint, startUrl, region } = location;
  if (token === undefined) return { report: undefined, state: "missing", name, hint };
  const now = system.now();
  const refreshable = canRefresh(token, now);
  const clientEnd = parseIsoTime(token.registrationExpiresAt ?? "");
  const report: SignInReport = {
    startUrl: startUrl ?? null,
    region,
    expiresAt: shown(tokenEnd(token)),
    refreshable,
    clientExpiresAt: shown(clientEnd),
    file: location.store.sharedName ?? null,
  };
  const state = tokenState(token, now) !== "expired" ? "valid" : refreshable ? "due" : "missing";
  return { report, state, name, hint };
}

function shown(time: number | undefined): string | null {
  return time === undefined ? null : formatIsoTime(time);
}
