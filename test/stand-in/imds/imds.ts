import { headerValue } from "../http/message.ts";
import { jsonReply, type Reply, reply } from "../http/reply.ts";
import type { Call, Service } from "../service.ts";
import { roleSession } from "../sts/assume-role.ts";
import { expirationText } from "../sts/operation.ts";
import type { InstancePlan } from "../world/plan.ts";
import type { Session } from "../world/session.ts";
import type { World } from "../world/world.ts";

const MINUTE = 60 * 1000;
const LIFE = 6 * 60 * MINUTE;
/** New keys appear this long before the old ones end. */
const RENEWAL = 5 * MINUTE;
const CREDENTIALS = "/latest/meta-data/iam/security-credentials";
const EXTENDED = `${CREDENTIALS}-extended`;

/** EC2 instance metadata, version 2 alone: everything but the token needs the token. */
export const imds: Service = (call, world) => {
  const { instance } = world;
  if (instance === undefined || instance.disabled === true) return { reply: text(403, "Forbidden") };
  if (call.path === "/latest/api/token") return { reply: token(call, world) };
  if (call.method !== "GET") return { reply: text(405, "Method Not Allowed") };
  const ends = world.metadataTokens.get(headerValue(call.headers, "x-aws-ec2-metadata-token") ?? "");
  if (ends === undefined || ends <= world.now()) return { reply: text(401, "Unauthorized") };
  return { reply: metadata(call.path, instance, world) };
};

function token(call: Call, world: World): Reply {
  if (call.method !== "PUT") return text(405, "Method Not Allowed");
  if (headerValue(call.headers, "x-forwarded-for") !== undefined) return text(403, "Forbidden");
  const ttl = headerValue(call.headers, "x-aws-ec2-metadata-token-ttl-seconds") ?? "";
  const seconds = /^\d{1,5}$/.test(ttl) ? Number(ttl) : 0;
  if (seconds < 1 || seconds > 21600) return text(400, "Bad Request");
  const value = world.keys.metadataToken();
  world.metadataTokens.set(value, world.now() + seconds * 1000);
  return reply(200, "text/plain", value, [["X-Aws-Ec2-Metadata-Token-Ttl-Seconds", ttl]]);
}

function metadata(path: string, instance: InstancePlan, world: World): Reply {
  const zone = instance.availabilityZone ?? `${instance.region}a`;
  switch (path.replace(/\/$/, "")) {
    case "/latest/meta-data/placement/region":
      return text(200, instance.region);
    case "/latest/meta-data/placement/availability-zone":
      return text(200, zone);
    case "/latest/dynamic/instance-identity/document":
      return jsonReply(200, {
        accountId: instance.role?.split(":")[4] ?? null,
        availabilityZone: zone,
        instanceId: instanceId(instance),
        region: instance.region,
      });
  }
  if (path.startsWith(EXTENDED) && instance.extended !== true) return text(404, "Not Found");
  const role = instance.role === undefined ? undefined : world.role(instance.role);
  if (role === undefined) return text(404, "Not Found");
  for (const folder of [CREDENTIALS, EXTENDED]) {
    if (path === folder || path === `${folder}/`) return text(200, role.name);
    if (path !== `${folder}/${role.name}`) continue;
    if (instance.trouble === "unauthorized") return unauthorized(world);
    const account = folder === EXTENDED ? { AccountId: role.account } : {};
    return credentials(instanceSession(instance, world), account, instance, world);
  }
  return text(404, "Not Found");
}

/** The keys of the machine's role, made anew when they are about to end. */
function instanceSession(instance: InstancePlan, world: World): Session | undefined {
  const role = instance.role === undefined ? undefined : world.role(instance.role);
  if (role === undefined) return undefined;
  const last = world.instanceSession;
  const serves = last?.principals.includes(role.arn) && (last.expiration ?? 0) > world.now() + RENEWAL;
  if (last !== undefined && serves) return last;
  const session: Session = {
    ...roleSession(role, instanceId(instance), world),
    kind: "instance",
    expiration: world.now() + LIFE,
  };
  world.remember(session);
  world.instanceSession = session;
  return session;
}

function credentials(
  session: Session | undefined,
  account: Record<string, string>,
  instance: InstancePlan,
  world: World,
): Reply {
  if (session === undefined) return text(404, "Not Found");
  // Keys shown as expired go on working: that is how AWS keeps machines alive while metadata is unwell.
  const expiration = instance.trouble === "expired" ? world.now() - MINUTE : (session.expiration ?? 0);
  return document({
    Code: "Success",
    LastUpdated: expirationText(world.now()),
    Type: "AWS-HMAC",
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: expirationText(expiration),
    ...account,
  });
}

function unauthorized(world: World): Reply {
  return document({
    Code: "AssumeRoleUnauthorizedAccess",
    Message:
      "EC2 cannot assume the role. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.",
    LastUpdated: expirationText(world.now()),
  });
}

function instanceId(instance: InstancePlan): string {
  return instance.instanceId ?? "i-0123456789abcdef0";
}

/** Metadata serves its JSON as plain text, indented. */
function document(value: unknown): Reply {
  return text(200, JSON.stringify(value, undefined, 2));
}

function text(status: number, body: string): Reply {
  return reply(status, "text/plain", body);
}
