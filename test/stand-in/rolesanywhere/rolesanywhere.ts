import { randomUUID, X509Certificate } from "node:crypto";
import { headerValue } from "../http/message.ts";
import { jsonReply, type Reply } from "../http/reply.ts";
import { operationOf } from "../operations.ts";
import type { Call, Service, ServiceResponse } from "../service.ts";
import { roleSession } from "../sts/assume-role.ts";
import type { TrustAnchorPlan } from "../world/outside-plan.ts";
import type { World } from "../world/world.ts";
import { verifyX509 } from "./verify.ts";

const NAMES = ["durationSeconds", "profileArn", "roleArn", "roleSessionName", "trustAnchorArn"];

/** IAM Roles Anywhere: `POST /sessions`, a role's credentials for a certificate that a trust anchor issued. */
export const rolesAnywhere: Service = (call, world) => {
  if (operationOf("rolesanywhere", call) === undefined)
    return { reply: refusal(404, "UnknownOperationException", "there is no such operation") };
  const verdict = verifyX509(call, world.now());
  if ("problem" in verdict)
    return { reply: refusal(403, "AccessDeniedException", `Untrusted signature: ${verdict.problem}`) };
  const members = readMembers(call);
  if (typeof members === "string") return { reply: refusal(400, "ValidationException", members) };

  const anchor = world.trustAnchors.find(({ arn }) => arn === members.get("trustAnchorArn"));
  if (anchor === undefined)
    return { reply: refusal(404, "ResourceNotFoundException", "Trust anchor not found") };
  if (anchor.profileArn !== members.get("profileArn"))
    return { reply: refusal(404, "ResourceNotFoundException", "Profile not found") };
  if (
    regionOf(anchor.arn) !== verdict.region ||
    (call.host !== undefined && call.host.region !== verdict.region)
  )
    return { reply: refusal(403, "AccessDeniedException", "Trust anchor is in another region") };
  if (!isIssued(verdict.certificate, verdict.intermediates, anchor, world.now()))
    return {
      reply: refusal(403, "AccessDeniedException", "Untrusted certificate. Insufficient certificate"),
    };
  return session(members, anchor, verdict.certificate, world);
};

function session(
  members: ReadonlyMap<string, string>,
  anchor: TrustAnchorPlan,
  certificate: X509Certificate,
  world: World,
): ServiceResponse {
  const role = world.role(members.get("roleArn") ?? "");
  if (role === undefined || !anchor.roles.includes(role.arn))
    return { reply: refusal(403, "AccessDeniedException", "Unable to assume role for this request") };
  const duration = Number(members.get("durationSeconds") ?? 3600);
  if (duration < 900 || duration > 43200)
    return { reply: refusal(400, "ValidationException", "durationSeconds must be between 900 and 43200") };
  const name = members.get("roleSessionName");
  if (name !== undefined && anchor.acceptsSessionName !== true)
    return { reply: refusal(403, "AccessDeniedException", "Profile does not accept a role session name") };
  const serial = certificate.serialNumber.toLowerCase();
  const lifetime = Math.min(duration, role.maxSessionDuration ?? 3600) * 1000;
  const issued = {
    ...roleSession(role, name ?? serial, world),
    expiration: world.now() + lifetime,
  };
  world.remember(issued);
  const { accessKeyId, secretAccessKey, sessionToken, arn, userId, expiration } = issued;
  return {
    caller: arn,
    reply: jsonReply(201, {
      credentialSet: [
        {
          assumedRoleUser: { arn, assumedRoleId: userId },
          credentials: {
            accessKeyId,
            secretAccessKey,
            sessionToken,
            expiration: new Date(expiration).toISOString().replace(/\.\d+Z$/, "Z"),
          },
          packedPolicySize: 0,
          roleArn: role.arn,
          sourceIdentity: certificate.subject,
        },
      ],
      subjectArn: `arn:aws:rolesanywhere:us-east-1:${role.account}:subject/made-up`,
    }),
  };
}

/** Whether each certificate is signed by the next one up to the anchor, and the first is valid now. */
function isIssued(
  certificate: X509Certificate,
  intermediates: readonly X509Certificate[],
  anchor: TrustAnchorPlan,
  now: number,
): boolean {
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return false;
  const chain = [...intermediates, new X509Certificate(anchor.certificatePem)];
  let below = certificate;
  for (const above of chain) {
    if (below.raw.equals(above.raw)) return true;
    if (!below.verify(above.publicKey)) return false;
    below = above;
  }
  return true;
}

/** The parameters, from the query or the body; a text says what is wrong with them. */
function readMembers(call: Call): ReadonlyMap<string, string> | string {
  if (headerValue(call.headers, "content-type") !== "application/json") return "the body is not JSON";
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(call.body).toString());
  } catch {
    return "the body is not JSON";
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "the body is not an object";
  const members = new Map<string, string>();
  for (const [name, value] of [...new URLSearchParams(call.query), ...Object.entries(body)]) {
    if (!NAMES.includes(name)) return `unknown member ${name}`;
    if (members.has(name)) return `${name} stands twice`;
    if (name === "durationSeconds" ? typeof value !== "number" : typeof value !== "string")
      return `${name} is of the wrong type`;
    members.set(name, String(value));
  }
  return members;
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}

function refusal(status: number, code: string, message: string): Reply {
  const reply = jsonReply(status, { message });
  return {
    ...reply,
    headers: [...reply.headers, ["X-Amzn-ErrorType", code], ["x-amzn-RequestId", randomUUID()]],
  };
}
