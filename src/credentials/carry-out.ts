/** Carries out a plan: asks the source, then runs the steps. */
import type { InstanceMetadata } from "../aws/imds/imds.ts";
import { homeDirectory } from "../config/paths.ts";
import { type RunEndpoints, serviceEndpoint } from "../settings/endpoints.ts";
import type { PortalAccess, PortalContext } from "../sso/portal.ts";
import type { System } from "../system/types.ts";
import type { RecordedReads } from "./cache/recorded-reads.ts";
import type { Inputs } from "./inputs.ts";
import type { CredentialPlan } from "./plan.ts";
import type { Acquired, Prompting, Retrieval } from "./retrieval.ts";
import type { CodeSystem } from "./role-chain/run-steps.ts";
import { defaultSessionName } from "./role-chain/session-name.ts";
import type { Step } from "./role-chain/steps.ts";
import { retrieveCredentials } from "./sources/retrieve.ts";

export interface CarryOutContext {
  readonly system: System;
  /** Under `--use-cache`: what `system` has read so far. */
  readonly reads: RecordedReads | undefined;
  readonly endpoints: RunEndpoints;
  readonly openMetadata: () => Promise<InstanceMetadata>;
  /** The URL that the caller asks with the credentials, as far as it is known. */
  readonly useUrl: string | undefined;
  /** Told of the Identity Center portal before it is asked. */
  readonly portalOpened: (portal: PortalAccess) => void;
}

/** Throws a Failure, and tries nothing after one. */
export async function carryOut(
  plan: CredentialPlan,
  inputs: Inputs,
  context: CarryOutContext,
): Promise<Acquired> {
  const { request, http, trace } = inputs;
  const retrieval = retrievalOf(plan, inputs, context);
  if (context.reads !== undefined) {
    const { acquireCached } = await import("./cache/cached-credentials.ts");
    return acquireCached(retrieval, {
      request,
      source: plan.source,
      withSteps: plan.steps.length > 0,
      reads: context.reads,
      clock: http,
      trace,
    });
  }
  const prompting: Prompting = { prompt: "allowed" };
  const acquired = await retrieval.retrieveSource(prompting);
  return plan.steps.length === 0 ? acquired : retrieval.runSteps(acquired, prompting);
}

/** The halves of the plan, ready to be carried out. A password and an MFA code that were asked for ahead are used once asked. */
function retrievalOf(plan: CredentialPlan, inputs: Inputs, context: CarryOutContext): Retrieval {
  const { system } = context;
  const { request, http } = inputs;
  let { mfaToken } = request;
  let keyPassword: string | undefined;
  const expectLater = async (portal?: PortalAccess): Promise<void> => {
    const { expectAfterSource } = await import("./later-requests.ts");
    await expectAfterSource({ ...context, plan, inputs, mfaToken }, portal);
  };
  return {
    retrieveSource: async ({ prompt, opened }) => {
      if (plan.source.kind !== "keys" && plan.source.kind !== "sso-role") await expectLater();
      return retrieveCredentials(plan.source, {
        system,
        http,
        openMetadata: context.openMetadata,
        stsEndpoint: context.endpoints.stsEndpoint,
        loginEndpoint: context.endpoints.loginEndpoint,
        rolesAnywhereEndpoint: (region) =>
          serviceEndpoint("rolesanywhere", region, { ...inputs, given: request.endpoint }),
        prompt,
        keyPassword,
        openPortal: async (choice) => {
          const { openPortal } = await import("../sso/portal.ts");
          const portal = await openPortal(choice, await portalContext(inputs, system, prompt));
          context.portalOpened(portal);
          await opened?.(portal);
          await expectLater(portal);
          return portal;
        },
        options: { roleSessionName: defaultSessionName, ...request },
      });
    },
    askKeyPassword: async () => {
      if (plan.source.kind !== "rolesanywhere") return;
      const { askPasswordAhead } = await import("./sources/rolesanywhere/signer.ts");
      keyPassword = await askPasswordAhead(plan.source, system);
    },
    askMfaCode: async (source) => {
      if (mfaToken !== undefined || plan.steps.length === 0) return;
      const { askMfaCodeAhead } = await import("./role-chain/run-steps.ts");
      const steps = await stepsAfter(source, plan);
      mfaToken = await askMfaCodeAhead(source, steps, codeSystem(inputs, system, "allowed"));
    },
    runSteps: async (source, { prompt }) => {
      if (plan.steps.length === 0) return source;
      if (context.useUrl !== undefined) {
        const { expectAfterSteps } = await import("./later-requests.ts");
        expectAfterSteps(http, context.useUrl);
      }
      const { runSteps } = await import("./role-chain/run-steps.ts");
      return runSteps(source, await stepsAfter(source, plan), {
        system: codeSystem(inputs, system, prompt),
        http,
        endpoint: context.endpoints.stsEndpoint,
        mfaToken,
      });
    },
  };
}

/** Where no person may be asked, no command is run for a code either: it may ask for a touch. */
function codeSystem(
  { trace }: Pick<Inputs, "trace">,
  { env, promptSecret, runHelper }: System,
  prompt: Prompting["prompt"],
): CodeSystem {
  return prompt === "never"
    ? { env, trace, promptSecret: async () => undefined, runHelper: undefined }
    : { env, trace, promptSecret, runHelper };
}

async function portalContext(
  { request, http, env, profile, config, trace }: Inputs,
  system: System,
  prompt: Prompting["prompt"],
): Promise<PortalContext> {
  return {
    system,
    home: await homeDirectory(system),
    http,
    endpoint: (service, region) => serviceEndpoint(service, region, { env, profile, config, trace }),
    options: prompt === "never" ? { ...request, signIn: "never" } : request,
  };
}

/** Only the answer of a `credential_process` tells the kind of its credentials, on which the steps depend. */
async function stepsAfter(source: Acquired, { steps, stepInput }: CredentialPlan): Promise<readonly Step[]> {
  if (stepInput === undefined || source.kind === stepInput.sourceKind) return steps;
  const { planSteps } = await import("./role-chain/plan-steps.ts");
  return planSteps({ ...stepInput, sourceKind: source.kind });
}
