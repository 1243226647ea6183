/** Files and answers of a person with two portals, for tests of target words. */
import { ownTokenPath } from "../../src/sso/own-token-cache.ts";
import type { TargetRequest } from "../../src/targets/target-run.ts";
import { json } from "./fake-portal.ts";
import { type FakeSystem, fakeSystem } from "./fake-system.ts";
import { type MemoryFiles, memoryFiles } from "./memory-files.ts";
import { optionsOf } from "./options.ts";

export const sessionUrl = "https://session.awsapps.com/start";
export const ownUrl = "https://own.awsapps.com/start";
export const folder = "/home/me/.aws-login";
/** The AWS CLI's token of the session `my-sso`. */
export const sessionToken = "/home/me/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json";

export const config = `[profile dev]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = Admin
[profile keys]
aws_access_key_id = AKIAMADEUP
[sso-session my-sso]
sso_start_url = ${sessionUrl}
sso_region = us-east-1
`;

export function tokenText(startUrl: string, more: object = {}): string {
  const members = {
    startUrl,
    region: "us-east-1",
    accessToken: "made-up-token",
    expiresAt: "2030-01-31T20:00:00Z",
  };
  return JSON.stringify({ ...members, ...more });
}

/** No option given. */
export const plainRequest: TargetRequest = optionsOf("list");

/** `loggedIn` names the portals that have a token. */
export function targetWorld(
  loggedIn: readonly ("session" | "own")[],
  text: string = config,
): { readonly system: FakeSystem; readonly files: MemoryFiles } {
  const files = memoryFiles({
    "/home/me/.aws/config": text,
    ...(loggedIn.includes("session") ? { [sessionToken]: tokenText(sessionUrl) } : {}),
    ...(loggedIn.includes("own") ? { [ownTokenPath(folder, ownUrl)]: tokenText(ownUrl) } : {}),
  });
  return { files, system: fakeSystem({ home: "/home/me", instead: files }) };
}

const portal = "https://portal.sso.us-east-1.amazonaws.com/assignment";

/** The next listing that is asked for: accounts by id, each with a name and its roles. */
export function expectListing(
  system: FakeSystem,
  accounts: Readonly<Record<string, readonly [name: string, ...roles: string[]]>>,
): void {
  const accountList = Object.entries(accounts).map(([accountId, [accountName]]) => ({
    accountId,
    accountName,
    emailAddress: `${accountName.toLowerCase()}@my.org`,
  }));
  system.expect("GET", `${portal}/accounts?max_result=100`, json(200, { accountList }));
  for (const [accountId, [, ...roles]] of Object.entries(accounts)) {
    const roleList = roles.map((roleName) => ({ roleName, accountId }));
    system.expect("GET", `${portal}/roles?account_id=${accountId}&max_result=100`, json(200, { roleList }));
  }
}
