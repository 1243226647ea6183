import { describe, expect, test } from "bun:test";
import { roleHints } from "../../src/sso/role-hints.ts";
import { caller, json, portalUrl } from "../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../support/fake-system.ts";

const role = { accountId: "012345678901", roleName: "Reader" };
const rolesUrl = `${portalUrl}/assignment/roles?account_id=012345678901&max_result=100`;
const accountsUrl = `${portalUrl}/assignment/accounts?max_result=100`;
const hintsOf = (system: FakeSystem, prompt: "never" | "allowed" = "allowed", accountId = role.accountId) =>
  roleHints({ ...caller(system, portalUrl), accessToken: "t" }, { ...role, accountId }, prompt);
const roles = (...names: string[]) => json(200, { roleList: names.map((roleName) => ({ roleName })) });
const forbidden = () => json(403, { __type: "ForbiddenException", message: "No access" });

describe("roleHints()", () => {
  test("roleHints() names the roles that the person has in the account", async () => {
    const system = fakeSystem();
    system.expect("GET", rolesUrl, roles("Power", "Admin"));
    expect(await hintsOf(system)).toEqual(["your roles in account 012345678901: Admin, Power"]);
  });

  test("roleHints() names the role that was probably meant first", async () => {
    const system = fakeSystem();
    system.expect("GET", rolesUrl, roles("Admin", "Readers"));
    expect((await hintsOf(system))[0]).toBe("did you mean Readers?");
  });

  for (const [name, reply] of Object.entries({ "no role": roles(), "no access": forbidden() })) {
    test(`roleHints() names the person's accounts where the account has ${name}`, async () => {
      const system = fakeSystem();
      system.expect("GET", rolesUrl, reply);
      const accountList = [{ accountId: "222222222222", accountName: "Prod" }, { accountId: "111111111111" }];
      system.expect("GET", accountsUrl, json(200, { accountList }));
      expect(await hintsOf(system)).toEqual([
        "you have no role in account 012345678901; your accounts: 111111111111, 222222222222 (Prod)",
      ]);
    });
  }

  test("roleHints() asks nothing where no person waits for the result", async () => {
    expect(await hintsOf(fakeSystem(), "never")).toEqual([
      "the accounts and roles you have: aws-login dumpconfig with the same sign-in options",
    ]);
  });

  test("roleHints() counts the digits of an account id", async () => {
    expect(await hintsOf(fakeSystem(), "allowed", "12345678901")).toEqual([
      "the account id has 11 digits, and an account id has 12, perhaps 012345678901",
    ]);
    expect(await hintsOf(fakeSystem(), "never", "1234567890123")).toEqual([
      "the account id has 13 digits, and an account id has 12",
    ]);
  });

  test("roleHints() gives the command that lists everything where the portal refuses both lists", async () => {
    const system = fakeSystem();
    system.expect("GET", rolesUrl, forbidden());
    system.expect("GET", accountsUrl, forbidden());
    expect(await hintsOf(system)).toEqual([
      "the accounts and roles you have: aws-login dumpconfig with the same sign-in options",
    ]);
  });
});
