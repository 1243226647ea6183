/** Runs the steps of a role chain, each with the credentials of the one before. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import { assumeRole, getFederationToken, getSessionToken } from "../../aws/sts/sts.ts";
import type { Parameter } from "../../aws/sts/sts-call.ts";
import type { Session } from "../../aws/sts/sts-session.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import type { Acquired } from "../retrieval.ts";
import { refuseGivenExpired } from "../sources/expired-response.ts";
import { askMfaCode, askMfaCodeOnTerminal } from "./mfa.ts";
import { roleParameters } from "./role-parameters.ts";
import { stepError } from "./step-error.ts";
import { kindAfter, type Step } from "./steps.ts";

export interface StepContext {
  readonly system: CodeSystem;
  readonly http: HttpClient;
  /** The one STS endpoint of all steps, so that one connection serves them. */
  readonly endpoint: () => Promise<Endpoint>;
  /** The code of `--mfa-token`, for the first step that needs one. */
  readonly mfaToken: string | undefined;
}

/** What a code comes from: a person at the terminal, or a command, where one may be started now. */
export interface CodeSystem extends Pick<System, "promptSecret" | "env"> {
  readonly runHelper: System["runHelper"] | undefined;
  readonly trace: (line: string) => void;
}

/** Runs the steps in order. Throws a Failure that names the step that failed, and runs none after it. */
export async function runSteps(
  source: Acquired,
  steps: readonly Step[],
  context: StepContext,
): Promise<Acquired> {
  let { credentials, kind, principal, shadows } = source;
  let { mfaToken } = context;
  for (const [index, step] of steps.entries()) {
    let endpoint: Endpoint | undefined;
    let session: Session;
    try {
      endpoint = await context.endpoint();
      const serial = step.kind === "federation-token" ? undefined : step.mfaSerial;
      const code =
        serial === undefined
          ? undefined
          : (mfaToken ?? (await codeOf(step, context.system)) ?? (await askMfaCode(serial, context.system)));
      if (serial !== undefined) mfaToken = undefined;
      session = await runStep(step, { http: context.http, endpoint, credentials }, code);
      refuseGivenExpired(session.credentials, "STS", context.http);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const failed = { number: index + 1, of: steps.length, step, caller: principal, endpoint, shadows };
      throw stepError(failed, error);
    }
    credentials = session.credentials;
    kind = kindAfter(kind, step);
    shadows = undefined;
    principal = session.arn ?? `access key ${credentials.accessKeyId} of the session token`;
  }
  return { credentials, kind, principal };
}

/**
 * The code for the first step that needs one, asked before any step runs; undefined when no step needs one or there is
 * no terminal. Throws a Failure that names the step.
 */
export async function askMfaCodeAhead(
  source: Acquired,
  steps: readonly Step[],
  system: CodeSystem,
): Promise<string | undefined> {
  for (const [index, step] of steps.entries()) {
    if (step.kind === "federation-token" || step.mfaSerial === undefined) continue;
    try {
      return (await codeOf(step, system)) ?? (await askMfaCodeOnTerminal(step.mfaSerial, system));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw stepError(
        { number: index + 1, of: steps.length, step, caller: source.principal, endpoint: undefined },
        error,
      );
    }
  }
  return undefined;
}

/** The code that the step's command prints; undefined without a command, or where none may be started now. */
async function codeOf(step: Step, { runHelper, env, trace }: CodeSystem): Promise<string | undefined> {
  if (step.kind === "federation-token" || step.mfaSerial === undefined) return undefined;
  if (step.mfaProcess === undefined || runHelper === undefined) return undefined;
  const { codeOfMfaCommand } = await import("./mfa-command.ts");
  const code = await codeOfMfaCommand(step.mfaSerial, step.mfaProcess, { runHelper, env });
  trace(`mfa_process: gave a code for ${step.mfaSerial}`);
  return code;
}

function runStep(
  step: Step,
  caller: { readonly http: HttpClient; readonly endpoint: Endpoint; readonly credentials: Credentials },
  mfaCode: string | undefined,
): Promise<Session> {
  switch (step.kind) {
    case "role":
      return assumeRole(caller, roleParameters(step, mfaCode));
    case "session-token": {
      const parameters: Parameter[] = durationParameter(step.durationSeconds);
      if (step.mfaSerial !== undefined && mfaCode !== undefined) {
        parameters.push(["SerialNumber", step.mfaSerial], ["TokenCode", mfaCode]);
      }
      return getSessionToken(caller, parameters);
    }
    case "federation-token":
      return getFederationToken(caller, [
        ["Name", step.name],
        // A federated session without a policy has no permissions; with this policy it has those of the user.
        ["PolicyArns.member.1.arn", step.policyArn],
        ...durationParameter(step.durationSeconds),
      ]);
  }
}

function durationParameter(seconds: number | undefined): Parameter[] {
  return seconds === undefined ? [] : [["DurationSeconds", String(seconds)]];
}
