import { headerValue } from "../http/message.ts";
import { jsonReply, type Reply } from "../http/reply.ts";
import type { Service } from "../service.ts";

/** The path that the environment of a job names: owner, run and job. */
export const actionsPath = "/36//idtoken/made-up-run/made-up-job";

/** GitHub Actions' token endpoint: a token about the job, for a caller that has the job's secret. */
export const actions: Service = (call, world) => {
  const plan = world.actions;
  if (call.path !== actionsPath || plan === undefined) return { reply: problem(404, "Not Found") };
  if (call.method !== "GET") return { reply: problem(405, "The requested resource does not support it") };
  if (headerValue(call.headers, "authorization") !== `Bearer ${plan.requestToken}`)
    return { reply: problem(401, "The authorization token is not valid for this job") };
  const query = new URLSearchParams(call.query);
  if (query.get("api-version") !== "2.0") return { reply: problem(400, "No api-version was specified") };
  return { reply: jsonReply(200, { count: 1, value: tokenFor(query, plan) }) };
};

interface Tokens {
  readonly requestToken: string;
  readonly token: string;
}

/** Without an audience GitHub names the owner's URL, which no OIDC provider of IAM has. */
function tokenFor(query: URLSearchParams, plan: Tokens): string {
  const audiences = query.getAll("audience");
  return audiences.length === 1 && audiences[0] === "sts.amazonaws.com"
    ? plan.token
    : `${plan.token}.of-other`;
}

function problem(status: number, message: string): Reply {
  return jsonReply(status, { $id: "1", message, typeName: "made-up", errorCode: 0 });
}
