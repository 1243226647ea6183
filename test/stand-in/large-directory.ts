import type { AccountPlan } from "./world/directory-plan.ts";

/** The twelve digits of the account at a place in `largeDirectory`; the first hundred millions begin with a zero. */
export function largeAccountId(index: number): string {
  return String(10_000_000_000 + index * 7_000_003).padStart(12, "0");
}

/** Many accounts with so many roles each, always the same for the same numbers. Their names are not in order. */
export function largeDirectory(accounts: number, rolesEach: number): AccountPlan[] {
  const roles = Array.from({ length: rolesEach }, (_, number) => ({ name: `Role-${number + 1}` }));
  return Array.from({ length: accounts }, (_, index) => ({
    id: largeAccountId(index),
    // 7919 is prime, so that every name occurs once unless their number is a multiple of it.
    name: `account-${String(((index * 7919) % accounts) + 1).padStart(4, "0")}`,
    roles,
  }));
}
