import { parseForm, repeatedName } from "../form.ts";
import { headerValue } from "../http/message.ts";
import { reply } from "../http/reply.ts";
import type { Service, ServiceResponse } from "../service.ts";
import { verifySignature } from "../sigv4/verify.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { assumeRole } from "./assume-role.ts";
import { getCallerIdentity } from "./caller-identity.ts";
import { type Parameters, type Rule, unknownParameter, violations } from "./constraints.ts";
import { getFederationToken } from "./federation-token.ts";
import { invalid, type Operation, type Outcome, type Problem } from "./operation.ts";
import { getSessionToken } from "./session-token.ts";
import { assumeRoleWithWebIdentity, webIdentityRules } from "./web-identity.ts";
import { errorReply, successReply } from "./xml.ts";

const VERSION = "2011-06-15";

const OPERATIONS = new Map<string, Operation>([
  ["AssumeRole", assumeRole],
  ["GetCallerIdentity", getCallerIdentity],
  ["GetFederationToken", getFederationToken],
  ["GetSessionToken", getSessionToken],
]);

/** Security Token Service, version 2011-06-15, in the query protocol. */
export const sts: Service = (call, world) => {
  const requestId = world.keys.requestId();
  const contentType = headerValue(call.headers, "content-type") ?? "";
  // A service's own port stands for a custom endpoint, which may have a path; the real hosts have none.
  if (call.host !== undefined && call.path !== "/") return notFound(404, "UnknownOperationException");
  if (call.method !== "POST") return notFound(405, "MethodNotAllowedException");
  if (!/^application\/x-www-form-urlencoded(\s*;|$)/i.test(contentType)) {
    return notFound(404, "UnknownOperationException");
  }
  const fields = parseForm(Buffer.from(call.body).toString());
  const parameters = new Map(fields);
  const action = parameters.get("Action");
  const version = parameters.get("Version");
  parameters.delete("Action");
  parameters.delete("Version");

  const fail = (problem: Problem, caller?: Session): ServiceResponse => ({
    reply: errorReply(problem.status, problem.code, problem.message, requestId),
    ...(caller === undefined ? {} : { caller: caller.arn }),
  });
  if (action === undefined)
    return fail(invalid("The request must contain the parameter Action", "MissingAction"));
  if (action === "AssumeRoleWithWebIdentity" && version === VERSION) {
    const wrong = wrongParameters(webIdentityRules, fields, parameters);
    if (wrong !== undefined) return fail(wrong);
    const outcome = assumeRoleWithWebIdentity(call, parameters, world);
    if ("problem" in outcome) return fail(outcome.problem);
    const reply = successReply(action, outcome.result, requestId);
    return { reply, ...(outcome.caller === undefined ? {} : { caller: outcome.caller }) };
  }
  const operation = OPERATIONS.get(action);
  if (operation === undefined || version !== VERSION) {
    return fail(invalid(`Could not find operation ${action} for version ${version}`, "InvalidAction"));
  }
  const verdict = verifySignature(call, "sts", world);
  if ("refusal" in verdict) return fail(verdict.refusal);

  const caller = verdict.session;
  const outcome = perform(operation, { fields, parameters, caller, region: verdict.region }, world);
  if ("problem" in outcome) return fail(outcome.problem, caller);
  return { reply: successReply(action, outcome.result, requestId), caller: caller.arn };
};

interface Request {
  readonly fields: ReturnType<typeof parseForm>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly caller: Session;
  readonly region: string;
}

function perform(operation: Operation, request: Request, world: World): Outcome {
  const { fields, parameters, caller, region } = request;
  const wrong = wrongParameters(operation.rules, fields, parameters);
  if (wrong !== undefined) return { problem: wrong };
  if (operation.issues && world.disabledRegions.includes(region)) {
    const message = `STS is not activated in this region for account:${caller.account}. Your account administrator can activate STS in this region using the IAM Console.`;
    return { problem: { status: 403, code: "RegionDisabledException", message } };
  }
  return operation.perform({ parameters, caller }, world);
}

function wrongParameters(
  rules: readonly Rule[],
  fields: ReturnType<typeof parseForm>,
  parameters: Parameters,
): Problem | undefined {
  // The real service passes over parameters it does not know; here a misspelt name must not go unnoticed.
  const wrong = repeatedName(fields) ?? unknownParameter(rules, parameters);
  if (wrong !== undefined) {
    return invalid(`The parameter ${wrong} is not known or repeated`, "InvalidQueryParameter");
  }
  const violated = violations(rules, parameters);
  return violated === undefined ? undefined : invalid(violated);
}

function notFound(status: number, name: string): ServiceResponse {
  return { reply: reply(status, "text/xml", `<${name}/>\n`) };
}
