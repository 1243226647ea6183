import { createHash } from "node:crypto";
import { partitionOfRegion } from "../partitions.ts";
import { roleSession } from "../sts/assume-role.ts";
import type { PermissionSetPlan } from "../world/directory-plan.ts";
import type { Account, Instance } from "../world/instance-directory.ts";
import { uniqueId } from "../world/keys.ts";
import type { Session } from "../world/session.ts";
import type { Role, World } from "../world/world.ts";

/** Keys for the user's session of the role that stands for the permission set in that account. */
export function permissionSetSession(
  instance: Instance,
  account: Account,
  permissionSet: PermissionSetPlan,
  world: World,
): Session {
  const role = reservedRole(instance, account, permissionSet.name);
  const session: Session = {
    ...roleSession(role, instance.user, world),
    kind: "sso",
    expiration: world.now() + (permissionSet.sessionDuration ?? 3600) * 1000,
  };
  world.remember(session);
  return session;
}

/** The role that Identity Center makes in an account for a permission set. The folder of us-east-1 has no region. */
function reservedRole(instance: Instance, account: Account, permissionSet: string): Role {
  const partition = partitionOfRegion(instance.region)?.id ?? "aws";
  const source = [instance.startUrl, account.id, permissionSet].join("\n");
  const hex = createHash("sha256").update(source).digest("hex").slice(0, 16);
  const name = `AWSReservedSSO_${permissionSet}_${hex}`;
  const folder = instance.region === "us-east-1" ? "" : `${instance.region}/`;
  const path = `/aws-reserved/sso.amazonaws.com/${folder}`;
  const arn = `arn:${partition}:iam::${account.id}:role${path}${name}`;
  return { partition, account: account.id, name, path, arn, id: uniqueId("AROA", arn), trusts: [] };
}
