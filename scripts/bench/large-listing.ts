/** A cached listing as a person with very many accounts has it. */
import { formatListing } from "../../src/sso/listing-file.ts";

const accounts = 2000;
const roles = ["AdministratorAccess", "Billing", "PowerUserAccess", "ReadOnlyAccess", "ViewOnlyAccess"];

/** How many roles the listing has. */
export const largeListingRoles = accounts * roles.length;

/** Its text; accounts are `team-0000-prod` and so on. */
export function largeListing(): string {
  const all = Array.from({ length: accounts }, (_, index) => {
    const number = String(index).padStart(4, "0");
    return {
      accountId: `10000000${number}`,
      accountName: `team-${number}-prod`,
      emailAddress: `team-${number}@my.org`,
      roles,
    };
  });
  return formatListing({ listedAt: 0, accounts: all });
}
