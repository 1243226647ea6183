/** What files and options alone tell of a plan, before AWS is asked: that only a person can go on, or that a renewal is due. */

import type { CredentialSource } from "../../credentials/credential-source.ts";
import type { Inputs } from "../../credentials/inputs.ts";
import type { CredentialPlan } from "../../credentials/plan.ts";
import { loginPath, parseLoginFile } from "../../credentials/sources/login-session-file.ts";
import type { LoginSource } from "../../credentials/sources/login-session-plan.ts";
import { asksForPassword } from "../../credentials/sources/rolesanywhere/signer.ts";
import { formatIsoTime, parseIsoTime } from "../../lib/iso-time.ts";
import { readPrivate } from "../../lib/private-file.ts";
import { shellWord } from "../../lib/quoting.ts";
import type { System } from "../../system/types.ts";
import { type Finding, finding } from "./findings.ts";
import { mfaFinding } from "./mfa-finding.ts";
import type { SignInState } from "./sign-ins.ts";

/** The exit status, and what is found. */
export interface Known {
  readonly status: number;
  readonly findings: readonly Finding[];
}

/** Undefined where AWS can be asked. Throws a Failure for a file that cannot be read. */
export async function knownBeforeAsking(
  { source, steps }: Pick<CredentialPlan, "source" | "steps">,
  { request }: Pick<Inputs, "request">,
  signIn: SignInState | undefined,
  system: System,
  home: string | undefined,
): Promise<Known | undefined> {
  const found =
    (signIn && signInFinding(signIn)) ??
    (await sourceFinding(source, system, home)) ??
    mfaFinding(steps, request.mfaToken);
  return found && { status: statusOf(found), findings: [found] };
}

function statusOf({ code }: Finding): number {
  if (code === "sign-in-needed") return 4;
  return code === "credentials-expired" ? 1 : 0;
}

function signInFinding({ state, name, hint }: SignInState): Finding | undefined {
  if (state === "valid") return undefined;
  if (state === "due") return renewalDue(`the sign-in to ${name}`);
  return finding("sign-in-needed", `there is no valid sign-in to ${name}`, hint);
}

async function sourceFinding(
  source: CredentialSource,
  system: System,
  home: string | undefined,
): Promise<Finding | undefined> {
  switch (source.kind) {
    case "keys":
      return expiredKeys(source, system.now());
    case "login-session":
      return loginFinding(source, system, home);
    case "rolesanywhere":
      return (await asksForPassword(source, system))
        ? finding(
            "sign-in-needed",
            `the password of the private key ${source.privateKeyFile} is needed`,
            "aws-login getcallerid asks for it; --private-key-password-file FILE takes it from a file",
          )
        : undefined;
    default:
      return undefined;
  }
}

function expiredKeys(
  { credentials, from }: Extract<CredentialSource, { kind: "keys" }>,
  now: number,
): Finding | undefined {
  const { expiration } = credentials;
  if (expiration === undefined || expiration > now) return undefined;
  return finding(
    "credentials-expired",
    `the keys of ${from} expired at ${formatIsoTime(expiration)}`,
    'take them out of the shell: eval "$(aws-login dumpcreds --clear)"',
  );
}

/** The stored sign-in with console credentials: missing, or over and renewed at the next use. */
async function loginFinding(
  { session, profileName, from }: LoginSource,
  system: Pick<System, "readText" | "env" | "now">,
  home: string | undefined,
): Promise<Finding | undefined> {
  const path = loginPath(session, system.env, home);
  if (path === undefined) return undefined;
  const text = await readPrivate(system, path);
  const file = text === undefined ? undefined : parseLoginFile(text);
  const end = parseIsoTime(file?.keys?.expiresAt ?? "");
  if (end !== undefined && end > system.now()) return undefined;
  if (end !== undefined && file?.refreshToken !== undefined) return renewalDue(`the session of ${from}`);
  const message = `there is no valid sign-in of ${session}, the login_session of ${from}`;
  return finding(
    "sign-in-needed",
    message,
    `sign in with: aws-login login --profile ${shellWord(profileName)}`,
  );
}

/** The finding for what is over and renews without a person. */
export function renewalDue(what: string): Finding {
  return finding(
    "renewal-due",
    `${what} is over and is renewed at the next use`,
    "aws-login getcallerid renews it",
  );
}
