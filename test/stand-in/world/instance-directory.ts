import type { AccountPlan, IdentityCenterPlan, PermissionSetPlan } from "./directory-plan.ts";

/** One instance of IAM Identity Center and what its user may use. */
export interface Instance {
  readonly startUrl: string;
  readonly region: string;
  readonly user: string;
  /** May be replaced while the stand-in runs. */
  accounts: ReadonlyMap<string, Account>;
}

export interface Account {
  readonly id: string;
  readonly name: string | undefined;
  readonly email: string;
  readonly roles: ReadonlyMap<string, PermissionSetPlan>;
}

export function createInstance(plan: IdentityCenterPlan): Instance {
  const { startUrl, region, user } = plan;
  return { startUrl: plainStartUrl(startUrl), region, user, accounts: toAccounts(plan.accounts) };
}

/** Accounts by id. An id that is not twelve digits, or occurs twice, is a mistake of the plan. */
export function toAccounts(plans: readonly AccountPlan[]): ReadonlyMap<string, Account> {
  const accounts = new Map<string, Account>();
  for (const { id, name, email, roles } of plans) {
    if (!/^\d{12}$/.test(id) || accounts.has(id)) throw new Error(`account ${id} is malformed or repeated`);
    const byName = new Map(roles.map((role) => [role.name, role]));
    accounts.set(id, { id, name, email: email ?? `aws+${id}@my.org`, roles: byName });
  }
  return accounts;
}

/** A start URL without what people copy along with it from a browser: `/`, `#` or `#/` at its end. */
export function plainStartUrl(startUrl: string): string {
  return startUrl.replace(/\/?#?\/?$/, "");
}
