import { headerValue } from "../http/message.ts";
import { jsonReply, type Reply, reply } from "../http/reply.ts";
import type { Service } from "../service.ts";
import { roleSession } from "../sts/assume-role.ts";
import { expirationText } from "../sts/operation.ts";
import type { Session } from "../world/session.ts";

const LIFE = 6 * 60 * 60 * 1000;

/** The agent of a container: gives its role's credentials to a caller that knows the path and the token. */
export const container: Service = (call, world) => {
  const plan = world.container;
  if (call.method !== "GET") return { reply: problem(405, "MethodNotAllowed", "only GET is served") };
  const target = call.query === "" ? call.path : `${call.path}?${call.query}`;
  if (plan === undefined || target !== plan.path) {
    return { reply: problem(400, "InvalidIdInRequest", "CredentialsV2Request: Credentials not found") };
  }
  const sent = headerValue(call.headers, "authorization");
  // The agents of EKS tell in plain text.
  if (plan.authorization !== undefined && sent !== plan.authorization) {
    return {
      reply: reply(401, "text/plain", "[agent] (AccessDeniedException): the token was not accepted\n"),
    };
  }
  const role = world.role(plan.role);
  if (role === undefined) return { reply: problem(404, "NoRole", "the task has no such role") };
  const session: Session = {
    ...roleSession(role, "container-tester", world),
    kind: "instance",
    expiration: world.now() + LIFE,
  };
  world.remember(session);
  const document = {
    RoleArn: role.arn,
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: expirationText(session.expiration ?? 0),
    ...(plan.accountId === true ? { AccountId: role.account } : {}),
  };
  return { reply: jsonReply(200, document), caller: session.arn };
};

function problem(status: number, code: string, message: string): Reply {
  return jsonReply(status, { code, message });
}
