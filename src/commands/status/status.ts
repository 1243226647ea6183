/** `status`: which identity the same options give, and why. It changes nothing and asks nothing of a person. */
import type { Options } from "../../cli/option-record.ts";
import { homeDirectory } from "../../config/paths.ts";
import { askCallerIdentity } from "../../credentials/caller-identity.ts";
import { type Inputs, loadInputs } from "../../credentials/inputs.ts";
import { type CredentialPlan, planCredentials } from "../../credentials/plan.ts";
import { acquirePlanned, type Identity } from "../../credentials/resolve.ts";
import { isInContainer } from "../../credentials/sources/in-container.ts";
import { Failure } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { openTargetRun } from "../../targets/target-run.ts";
import { clockFindings, disabledFinding, metadataFinding } from "./asked-findings.ts";
import { knownBeforeAsking, renewalDue } from "./before-asking.ts";
import { type Finding, finding } from "./findings.ts";
import { type Observation, observe } from "./observe.ts";
import { openFileFindings, planFindings } from "./plan-findings.ts";
import { type SignInState, signInReports, signInState } from "./sign-ins.ts";
import { readsPipe, sourceFiles } from "./source-files.ts";
import { credentialsReport, sourceReport } from "./source-report.ts";
import type { SignInReport, StatusReport } from "./status-report.ts";
import { statusText } from "./text.ts";

/** Throws a Failure for a command line or a file that cannot be read; whatever else fails is part of the report. */
export async function run(options: Options, real: System): Promise<number> {
  const seen = observe(real, options);
  const { report, status } = await makeReport(options, seen);
  await real.stdout(
    options.format === "json" ? `${JSON.stringify(report, undefined, 4)}\n` : statusText(report),
  );
  return status;
}

/** What is known of the identity before AWS is asked, or after. */
interface Outcome {
  readonly status: number;
  readonly identity?: StatusReport["identity"];
  readonly acquired?: Identity;
  readonly findings: readonly Finding[];
}

/** The report, and the exit status. */
async function makeReport(
  options: Options,
  seen: Observation,
): Promise<{ readonly report: StatusReport; readonly status: number }> {
  const { system } = seen;
  let inputs: Inputs;
  let plan: CredentialPlan;
  let loaded: Inputs | undefined;
  try {
    loaded = await loadInputs(options, system);
    inputs = loaded;
    plan = await planCredentials(inputs);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "no-credentials") throw error;
    return { report: await emptyReport(options, seen, loaded, error), status: 3 };
  }
  const home = await homeDirectory(system);
  const { source } = plan;
  const signIn = source.kind === "sso-role" ? await signInState(source.portal, system, home) : undefined;
  const outcome = await ask(options, inputs, plan, { signIn, home }, seen);
  const stored = await signIns(options, seen);
  const offline = options.offline ? [] : clockFindings(seen.clockOffset());
  const findings = [
    ...outcome.findings,
    ...planFindings(inputs, plan),
    ...openFiles(inputs, [...storedFiles(stored), ...sourceFiles(source, system.env, home)], system),
    ...offline,
  ];
  const report: StatusReport = {
    version: 1,
    identity: outcome.identity ?? null,
    source: sourceReport(inputs, plan),
    credentials: credentialsReport(inputs, plan, signIn, {
      ...outcome,
      readsPipe: readsPipe(source, system, home),
    }),
    region: inputs.region === undefined ? null : { value: inputs.region.region, from: inputs.region.source },
    skipped: plan.skipped,
    signIns: stored,
    findings,
  };
  return { report, status: outcome.status };
}

async function ask(
  options: Options,
  inputs: Inputs,
  plan: CredentialPlan,
  { signIn, home }: { readonly signIn: SignInState | undefined; readonly home: string | undefined },
  seen: Observation,
): Promise<Outcome> {
  const { source } = plan;
  const known = await knownBeforeAsking(plan, inputs, signIn, seen.system, home);
  if (known !== undefined) return known;
  if (options.offline) {
    const skips = source.kind === "process";
    const hint = "leave out --offline to run it";
    return {
      status: 0,
      findings: skips
        ? [finding("process-not-run", `the credential_process of ${source.from} is not run`, hint)]
        : [],
    };
  }
  try {
    const request = { ...inputs.request, signIn: "never", refresh: "off" } as const;
    const acquired = await acquirePlanned(
      plan,
      { ...inputs, request },
      { system: seen.system, reads: undefined },
    );
    return { status: 0, acquired, identity: await askCallerIdentity(acquired), findings: [] };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    if (seen.wantedToWrite()) return { status: 0, findings: [renewalDue(`the session of ${source.from}`)] };
    return failed(error, plan, seen);
  }
}

async function failed(error: Failure, { source }: CredentialPlan, seen: Observation): Promise<Outcome> {
  const why =
    source.kind === "instance-metadata"
      ? metadataFinding(seen.responses, await isInContainer(seen.system))
      : undefined;
  const status = error.kind === "no-credentials" ? 3 : error.kind === "sign-in-needed" ? 4 : 1;
  const code = status === 3 ? "no-credentials" : status === 4 ? "sign-in-needed" : "cannot-acquire";
  const general = finding(
    code,
    error.message,
    error.hints[0] ?? "see each request with: aws-login getcallerid --verbose",
  );
  return { status, findings: why === undefined ? [general] : [general, why] };
}

async function emptyReport(
  options: Options,
  seen: Observation,
  inputs: Inputs | undefined,
  error: Failure,
): Promise<StatusReport> {
  const hint = error.hints[0] ?? "see: aws-login help sources";
  const stored = await signIns(options, seen);
  return {
    version: 1,
    identity: null,
    source: null,
    credentials: null,
    region: inputs?.region === undefined ? null : { value: inputs.region.region, from: inputs.region.source },
    skipped: error.skipped,
    signIns: stored,
    findings: [
      finding("no-credentials", error.message, hint),
      ...disabledFinding(error.skipped),
      ...(inputs === undefined ? [] : planFindings(inputs, undefined)),
      ...(inputs === undefined ? [] : openFiles(inputs, storedFiles(stored), seen.system)),
    ],
  };
}

async function signIns(options: Options, { system }: Observation): Promise<readonly SignInReport[]> {
  return signInReports(await openTargetRun({ ...options, signIn: "never" }, system));
}

function storedFiles(stored: readonly SignInReport[]): readonly string[] {
  return stored.flatMap(({ file }) => (file === null ? [] : [file]));
}

/** The credentials file, the config file where it holds a key, and the others. */
function openFiles(inputs: Inputs, others: readonly string[], system: System): readonly Finding[] {
  const { config, profile } = inputs;
  const key = profile?.properties().get("aws_secret_access_key");
  const paths = [config.paths.credentials, ...(key === undefined ? [] : [key.file]), ...others];
  return openFileFindings(paths, system.isOpenToOthers);
}
