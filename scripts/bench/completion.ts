/** Completion of one word, with 10,000 accounts and roles cached: what a person waits for between two keys. */
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { StandIn } from "../project/stand-in.ts";
import type { Case } from "./cases.ts";
import type { Executables } from "./executables.ts";
import { largeListing, largeListingRoles } from "./large-listing.ts";

/** Target words and a value, in a home whose listing is cached. */
export async function completionCases(executables: Executables, standIn: StandIn): Promise<readonly Case[]> {
  const home = await mkdtemp(join(standIn.folder, "home-"));
  const env = { HOME: home };
  await mkdir(join(home, ".aws-login/listings"), { recursive: true, mode: 0o700 });
  await Bun.write(join(home, ".aws-login/listings/made-up"), largeListing());
  await mkdir(join(home, ".aws"));
  await Bun.write(join(home, ".aws/config"), "[profile dev]\nregion = eu-west-1\n");
  const one = (title: string, ...words: readonly string[]): Case => ({
    title: `completion, ${largeListingRoles} roles, ${title}`,
    program: { argv: [executables.program, "__complete", "zsh", ...words], env },
    floor: { argv: [executables.hello], env },
    budget: { cpu: 2, wall: 2 },
  });
  return [
    one("an account", "console", "team-01"),
    one("an empty word", "console", ""),
    one("one letter, of 2,000 names", "console", "t"),
    one("an empty word after one that all accounts have", "console", "admin", ""),
    one("a role of an account", "console", "team-0100-prod", "Ad"),
    one("--sso-role-name", "console", "--sso-role-name", "Read"),
  ];
}
