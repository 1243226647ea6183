/** Which names the profiles get, with those that the config file has. Pure. */
import type { AccountAccess } from "../../sso/list-access.ts";
import type { NameTemplate } from "./name-template.ts";
import type { OwnProfile } from "./own-profiles.ts";
import { type NameParts, profileNames, safeName } from "./profile-names.ts";
import type { TargetProfile } from "./target-profiles.ts";

export interface NameInput {
  readonly targets: readonly TargetProfile[];
  /** Names that profiles of another portal have: they count as collisions. */
  readonly takenNames?: ReadonlySet<string>;
  /** Profiles that the config file has of this portal: a role keeps the name of its profile. */
  readonly own?: readonly OwnProfile[];
  /** `generated`: a profile of another name is to be renamed. Default: `kept`. */
  readonly names?: "kept" | "generated";
  /** Names the profiles of roles; undefined for `account-role`. */
  readonly template?: NameTemplate | undefined;
}

export interface ChosenNames {
  /** Of the roles, in their order. */
  readonly names: readonly string[];
  readonly targetNames: readonly string[];
  readonly renames: ReadonlyMap<string, string>;
}

/**
 * The names do not depend on the selection, so that another one renames nothing. A role whose profile the file has keeps
 * that name, and a new role that collides with it gets the longer one.
 */
export function chooseNames(
  roles: readonly (Omit<AccountAccess, "roles"> & { readonly role: string })[],
  { targets, takenNames = new Set(), own = [], names: wanted = "kept", template }: NameInput,
): ChosenNames {
  const parts = roles.map(({ accountId, accountName, emailAddress, role }): NameParts => {
    const account = accountName || accountId;
    const base = { account, accountId, role, fullRole: role };
    if (template === undefined) return base;
    const values = { account_name: account, account_id: accountId, role, email: emailAddress ?? "" };
    return { ...base, name: template(values) };
  });
  const targetParts = targets.map(targetName);
  const generated = profileNames([...parts, ...targetParts], takenNames);
  const byRole = Map.groupBy(own, ({ accountId, role }) => JSON.stringify([accountId, role]));
  const found = roles.map(({ accountId, role }, index) => {
    const all = byRole.get(JSON.stringify([accountId, role])) ?? [];
    const written = all.filter(({ name }) => isNameOf(name, { accountId, role }, template));
    return written.find(({ name }) => name === generated[index]) ?? written.at(-1);
  });
  if (wanted === "generated") {
    const renames = new Map(
      found.flatMap((profile, index) => {
        const name = generated[index];
        return profile === undefined || name === undefined || profile.name === name
          ? []
          : [[profile.name, name] as const];
      }),
    );
    return { names: generated.slice(0, roles.length), targetNames: generated.slice(roles.length), renames };
  }
  const kept = new Set(found.flatMap((profile) => (profile === undefined ? [] : [profile.name])));
  const others = parts.filter((_, index) => found[index] === undefined);
  const fresh = profileNames([...others, ...targetParts], new Set([...takenNames, ...kept]));
  let next = 0;
  return {
    names: found.map((profile) => profile?.name ?? fresh[next++] ?? ""),
    targetNames: fresh.slice(others.length),
    renames: new Map(),
  };
}

function targetName({ accountId, accountName, resource }: TargetProfile) {
  const role = resource.slice(resource.lastIndexOf("/") + 1);
  return { account: accountName ?? accountId, accountId, role, fullRole: resource };
}

/** Stands for the name of an account in a name; the filters leave it as it is. */
const ANY = "qzxjqzxj";

/**
 * Whether the name is one that this program gives the role, whatever its account is called: by the template, or without
 * one. A person may have given a profile of the same role a name of another form.
 */
function isNameOf(
  name: string,
  { accountId, role }: { readonly accountId: string; readonly role: string },
  template: NameTemplate | undefined,
): boolean {
  const forms = [`${ANY}-${role}`];
  if (template !== undefined)
    forms.push(template({ account_name: ANY, account_id: accountId, role, email: ANY }));
  return forms.some((form) => {
    const pattern = safeName(form).split(ANY).map(RegExp.escape).join(".*");
    return new RegExp(`^${pattern}(?:-${accountId})?$`, "s").test(name);
  });
}
