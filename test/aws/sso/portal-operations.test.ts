import { describe, expect, test } from "bun:test";
import {
  getRoleCredentials,
  listAccountRoles,
  listAccounts,
  logout,
} from "../../../src/aws/sso/portal-operations.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { caller, json, portalUrl } from "../../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const portal = (system: FakeSystem) => ({ ...caller(system, portalUrl), accessToken: "canary-token" });
const role = { accountId: "012345678901", roleName: "My Role+" };
const roleUrl = `${portalUrl}/federation/credentials?role_name=My%20Role%2B&account_id=012345678901`;
const roleCredentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "session",
  expiration: 4102444800000,
};

describe("getRoleCredentials()", () => {
  test("getRoleCredentials() sends the bearer header and the account id as text", async () => {
    const system = fakeSystem();
    system.expect("GET", roleUrl, json(200, { roleCredentials }));
    expect(await getRoleCredentials(portal(system), role)).toEqual({
      ...roleCredentials,
      accountId: "012345678901",
    });
    expect(system.requests[0]?.headers["x-amz-sso_bearer_token"]).toBe("canary-token");
    expect(system.requests[0]?.headers.authorization).toBeUndefined();
  });

  for (const name of Object.keys(roleCredentials)) {
    test(`getRoleCredentials() refuses an answer without ${name}`, async () => {
      const system = fakeSystem();
      system.expect(
        "GET",
        roleUrl,
        json(200, { roleCredentials: { ...roleCredentials, [name]: undefined } }),
      );
      const failure = await failureOf(() => getRoleCredentials(portal(system), role));
      expect(failure.message).toContain("lacks");
    });
  }

  test("getRoleCredentials() refuses an end that no calendar has", async () => {
    const system = fakeSystem();
    const late = { ...roleCredentials, expiration: 1e300 };
    system.expect("GET", roleUrl, json(200, { roleCredentials: late }));
    const failure = await failureOf(() => getRoleCredentials(portal(system), role));
    expect(failure.message).toBe(
      "the response to GetRoleCredentials lacks a usable accessKeyId, secretAccessKey, sessionToken or expiration",
    );
  });

  test("getRoleCredentials() tells an invalid token from a role that does not exist", async () => {
    const statuses: (number | undefined)[] = [];
    for (const status of [401, 403]) {
      const system = fakeSystem();
      system.expect("GET", roleUrl, json(status, { message: "for canary-token" }));
      const failure = await failureOf(() => getRoleCredentials(portal(system), role));
      expect(shownText(failure)).not.toContain("canary-token");
      statuses.push(failure.serviceError?.status);
    }
    expect(statuses).toEqual([401, 403]);
  });

  test("getRoleCredentials() does not send a token that is no header value, nor show it", async () => {
    const failure = await failureOf(() =>
      getRoleCredentials({ ...portal(fakeSystem()), accessToken: "canary\ntoken" }, role),
    );
    expect(shownText(failure)).not.toContain("canary");
  });
});

describe("listAccounts()", () => {
  test("listAccounts() asks for full pages and returns the next token", async () => {
    const system = fakeSystem();
    const accountList = [{ accountId: "012345678901", accountName: "one" }, { accountId: "111111111111" }];
    system.expect(
      "GET",
      `${portalUrl}/assignment/accounts?max_result=100`,
      json(200, { accountList, nextToken: "a=/" }),
    );
    expect(await listAccounts(portal(system), undefined)).toEqual({
      items: [
        { accountId: "012345678901", accountName: "one" },
        { accountId: "111111111111", accountName: undefined },
      ],
      nextToken: "a=/",
    });
    system.expect(
      "GET",
      `${portalUrl}/assignment/accounts?max_result=100&next_token=a%3D%2F`,
      json(200, { accountList: [], nextToken: "b" }),
    );
    expect(await listAccounts(portal(system), "a=/")).toEqual({ items: [], nextToken: "b" });
  });

  for (const nextToken of [undefined, null, ""]) {
    test(`listAccounts() takes the next token ${JSON.stringify(nextToken)} for the end`, async () => {
      const system = fakeSystem();
      system.expect("GET", `${portalUrl}/assignment/accounts?max_result=100`, json(200, { nextToken }));
      expect(await listAccounts(portal(system), undefined)).toEqual({ items: [], nextToken: undefined });
    });
  }

  test("listAccounts() refuses an account id that is a number, which may have lost its zero", async () => {
    const system = fakeSystem();
    const accountList = [{ accountId: 12345678901 }];
    system.expect("GET", `${portalUrl}/assignment/accounts?max_result=100`, json(200, { accountList }));
    expect((await failureOf(() => listAccounts(portal(system), undefined))).message).toContain("accountId");
  });
});

test("listAccountRoles() asks for the roles of one account", async () => {
  const system = fakeSystem();
  system.expect(
    "GET",
    `${portalUrl}/assignment/roles?account_id=012345678901&max_result=100&next_token=n`,
    json(200, { roleList: [{ roleName: "A" }, { roleName: "B" }] }),
  );
  const page = await listAccountRoles(portal(system), "012345678901", "n");
  expect(page).toEqual({ items: ["A", "B"], nextToken: undefined });
});

test("logout() posts nothing but the token's header", async () => {
  const system = fakeSystem();
  system.expect("POST", `${portalUrl}/logout`, new Response(""));
  await logout(portal(system));
  expect(system.requests[0]?.headers["x-amz-sso_bearer_token"]).toBe("canary-token");
  expect(system.requests[0]?.body).toBeUndefined();
});
