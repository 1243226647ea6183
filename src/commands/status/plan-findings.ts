/** What can be found without asking: in the environment, the profile and the files. Pure. */
import { containerVariables } from "../../aws/container/container-address.ts";
import { isListed } from "../../aws/http/no-proxy.ts";
import { proxyRules } from "../../aws/http/proxy.ts";
import { metadataSettings } from "../../config/metadata-settings.ts";
import type { Inputs } from "../../credentials/inputs.ts";
import type { CredentialPlan } from "../../credentials/plan.ts";
import { profileFindings } from "../../credentials/profile-findings.ts";
import { sourceKinds } from "../../credentials/profile-settings.ts";
import { shellWord } from "../../lib/quoting.ts";
import { type Finding, finding } from "./findings.ts";
import { isOfEnvironment } from "./source-report.ts";

type FoundInputs = Pick<Inputs, "env" | "choice" | "profile" | "config" | "request">;

export function planFindings(inputs: FoundInputs, plan: CredentialPlan | undefined): readonly Finding[] {
  return [
    ...environmentFindings(inputs, plan),
    ...endpointFindings(inputs, plan),
    ...(inputs.profile === undefined || isOfEnvironment(inputs, plan)
      ? []
      : profileFindings(inputs.profile).map(({ code, message }) =>
          finding(
            code,
            `profile ${inputs.profile?.name}: ${message}`,
            `correct the profile in ${inputs.config.paths.config}`,
          ),
        )),
  ];
}

function environmentFindings({ env, choice }: FoundInputs, plan: CredentialPlan | undefined): Finding[] {
  const isEnvironment = isOfEnvironment({ env, choice }, plan);
  const found: Finding[] = [];
  const named = env.AWS_PROFILE ?? env.AWS_DEFAULT_PROFILE;
  const variable = env.AWS_PROFILE ? "AWS_PROFILE" : "AWS_DEFAULT_PROFILE";
  if (isEnvironment && named) {
    const use = `use the profile: --profile ${shellWord(named)}, or: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN`;
    found.push(
      finding(
        "keys-shadow-profile",
        `AWS_ACCESS_KEY_ID of the environment comes before ${variable}=${named}`,
        use,
      ),
    );
    if (env.AWS_PROFILE) {
      found.push(
        finding(
          "sdk-differs",
          `the AWS SDK for JavaScript takes AWS_PROFILE=${named}, and the AWS CLI the keys of the environment`,
          "keep one of the two: unset AWS_PROFILE, or unset the keys",
        ),
      );
    }
  }
  if (choice.source === "AWS_DEFAULT_PROFILE" && plan !== undefined && !isEnvironment) {
    found.push(
      finding(
        "sdk-differs",
        `the AWS SDK for JavaScript does not read AWS_DEFAULT_PROFILE=${choice.name}, and takes the profile default`,
        `name the profile in AWS_PROFILE: export AWS_PROFILE=${shellWord(choice.name)}`,
      ),
    );
  }
  return found;
}

function endpointFindings(
  { env, choice, profile }: FoundInputs,
  plan: CredentialPlan | undefined,
): Finding[] {
  const found: Finding[] = [];
  const variable = containerVariables.find((name) => env[name]);
  const setting = profile && sourceKinds.map(({ trigger }) => trigger(profile)).find((each) => each);
  if (variable !== undefined && choice.source === "default" && setting !== undefined) {
    found.push(
      finding(
        "default-over-endpoint",
        `profile default (${setting.file}:${setting.line}) comes before the endpoint of ${variable}`,
        "give the credentials of the default profile another name, or set AWS_PROFILE to a profile without credentials",
      ),
    );
  }
  const kind = plan?.source.kind;
  if (kind !== "instance-metadata" && kind !== "container") return found;
  const url =
    plan?.source.kind === "container"
      ? plan.source.address.url
      : new URL(`${metadataSettings(env, profile).baseUrl}/`);
  const { https, http, bypass } = proxyRules(env);
  const proxy = url.protocol === "https:" ? https : http;
  if (proxy !== undefined && !isListed(url, bypass)) {
    found.push(
      finding(
        "metadata-proxy",
        `the proxy of the environment covers ${url.hostname}, which only this machine reaches`,
        `add the address to NO_PROXY: export NO_PROXY="\${NO_PROXY:+$NO_PROXY,}${url.hostname}"`,
      ),
    );
  }
  return found;
}

/** Files with secrets that others may read. `open` is undefined where the system does not tell. */
export function openFileFindings(
  paths: readonly string[],
  open: (path: string) => boolean | undefined,
): readonly Finding[] {
  return [...new Set(paths)]
    .filter((path) => open(path) === true)
    .map((path) =>
      finding("open-file", `others may read ${path}, which holds secrets`, `chmod 600 ${shellWord(path)}`),
    );
}
