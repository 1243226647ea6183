import { expect, test } from "bun:test";
import { largeAccountId, largeDirectory } from "./large-directory.ts";
import { portal } from "./portal/portal.ts";
import { createSignInDesk } from "./sign-in-desk.ts";
import { askSts } from "./support/ask.ts";
import { accessToken, askPortal, call, jsonResponse, PORTAL_HOST } from "./support/ask-identity-center.ts";
import { MINUTE, NOON, testClock } from "./support/clock.ts";
import { newWorld } from "./support/sts-world.ts";
import type { World } from "./world/world.ts";

const CREDENTIALS = "/federation/credentials?role_name=ReadOnlyAccess&account_id=012345678901";

test("GetRoleCredentials gives keys with which STS knows the user's session of the permission set's role", () => {
  const world = newWorld();
  const reply = askPortal(world, CREDENTIALS, accessToken(world));
  expect(reply.status).toBe(200);
  const keys = new Map(Object.entries(reply.members.roleCredentials ?? {}));
  expect([...keys.keys()]).toEqual(["accessKeyId", "secretAccessKey", "sessionToken", "expiration"]);
  expect(keys.get("expiration")).toBe(NOON + 12 * 60 * MINUTE);
  const [accessKeyId, secretAccessKey, sessionToken] = [...keys.values()].map(String);
  if (!accessKeyId || !secretAccessKey || !sessionToken) throw new Error("a key is missing");
  const signed = { keys: { accessKeyId, secretAccessKey, sessionToken } };
  const caller = askSts(world, { Action: "GetCallerIdentity" }, signed);
  expect(caller.field("Arn")).toMatch(
    /^arn:aws:sts::012345678901:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ima\.user@my\.org$/,
  );
  expect(caller.field("UserId")).toMatch(/^AROA[A-Z2-7]{17}:ima\.user@my\.org$/);
  expect(world.session(accessKeyId)?.kind).toBe("sso");
});

test("GetRoleCredentials names the same role each time and gives other keys", () => {
  const world = newWorld();
  const token = accessToken(world);
  const [first, second] = [1, 2].map(() => {
    const { members } = askPortal(world, CREDENTIALS, token);
    const id = new Map(Object.entries(members.roleCredentials ?? {})).get("accessKeyId");
    return { id, arn: world.session(String(id))?.arn };
  });
  expect(first?.arn).toBe(second?.arn);
  expect(first?.id).not.toBe(second?.id);
});

const REFUSALS: Record<string, { path: string; host?: string; status: number; code: string }> = {
  "a role that the user does not have": {
    path: "/federation/credentials?role_name=AdministratorAccess&account_id=012345678901",
    status: 403,
    code: "ForbiddenException",
  },
  "a role in an account without any for the user": {
    path: "/federation/credentials?role_name=ReadOnlyAccess&account_id=123456789012",
    status: 403,
    code: "ForbiddenException",
  },
  "an account that does not exist": {
    path: "/federation/credentials?role_name=ReadOnlyAccess&account_id=999999999999",
    status: 404,
    code: "ResourceNotFoundException",
  },
  "an account id that lost its zero": {
    path: "/federation/credentials?role_name=ReadOnlyAccess&account_id=12345678901",
    status: 400,
    code: "InvalidRequestException",
  },
  "no role name": {
    path: "/federation/credentials?account_id=012345678901",
    status: 400,
    code: "InvalidRequestException",
  },
  "the SDK's spelling of a parameter": {
    path: "/federation/credentials?roleName=ReadOnlyAccess&account_id=012345678901",
    status: 400,
    code: "InvalidRequestException",
  },
  "a repeated parameter": {
    path: `${CREDENTIALS}&account_id=012345678901`,
    status: 400,
    code: "InvalidRequestException",
  },
  "another region than that of the sign-in": {
    path: CREDENTIALS,
    host: "portal.sso.eu-west-1.amazonaws.com",
    status: 401,
    code: "UnauthorizedException",
  },
  "the roles of an account without any": {
    path: "/assignment/roles?account_id=123456789012",
    status: 403,
    code: "ForbiddenException",
  },
  "the roles of an account that does not exist": {
    path: "/assignment/roles?account_id=999999999999",
    status: 404,
    code: "ResourceNotFoundException",
  },
  "the roles of no account": { path: "/assignment/roles", status: 400, code: "InvalidRequestException" },
  "an empty page": {
    path: "/assignment/accounts?max_result=0",
    status: 400,
    code: "InvalidRequestException",
  },
  "a page of more than a hundred": {
    path: "/assignment/accounts?max_result=101",
    status: 400,
    code: "InvalidRequestException",
  },
  "a page that was never offered": {
    path: "/assignment/accounts?next_token=2",
    status: 400,
    code: "InvalidRequestException",
  },
  "an operation that does not exist": {
    path: "/assignment/nothing",
    status: 404,
    code: "ResourceNotFoundException",
  },
};

for (const [name, { path, host, status, code }] of Object.entries(REFUSALS)) {
  test(`portal refuses ${name} with ${status} ${code}`, () => {
    const world = newWorld();
    const reply = askPortal(world, path, accessToken(world), host);
    expect(reply.status).toBe(status);
    expect(reply.headers.get("x-amzn-errortype")?.split(":")[0]).toBe(code);
    expect(String(reply.members.__type)).toEndWith(`#${code}`);
  });
}

const ENDINGS: Record<string, (world: World, token: string) => void> = {
  "it has expired": (world) => expect(world.identityCenter.settings.accessTokenLife).toBe(3600),
  "its sign-in was logged out": (world, token) =>
    expect(askPortal(world, "/logout", token)).toMatchObject({ status: 200, text: "" }),
  "it was revoked": (world) => createSignInDesk(world).revokeAccessTokens(),
  "all sign-ins were ended": (world) => createSignInDesk(world).endSignIns(),
};

for (const [name, end] of Object.entries(ENDINGS)) {
  test(`portal refuses a token with 401 once ${name}`, () => {
    const clock = testClock();
    const world = newWorld(clock);
    const token = accessToken(world);
    expect(askPortal(world, CREDENTIALS, token).status).toBe(200);
    end(world, token);
    if (name === "it has expired") clock.move(60 * MINUTE);
    const reply = askPortal(world, CREDENTIALS, token);
    expect(reply.status).toBe(401);
    expect(reply.members.message).toBe("Session token not found or invalid");
  });
}

test("portal refuses a request without a token with 401", () => {
  const reply = jsonResponse(portal(call("GET", CREDENTIALS, PORTAL_HOST), newWorld()));
  expect(reply.status).toBe(401);
});

/** Follows the pages of a listing and tells how many entries each had. */
function follow(world: World, path: string, list: string): { sizes: number[]; entries: unknown[] } {
  const token = accessToken(world);
  const sizes: number[] = [];
  const entries: unknown[] = [];
  let next: unknown = "";
  while (typeof next === "string") {
    const more = next === "" ? "" : `&next_token=${encodeURIComponent(next)}`;
    const { status, members } = askPortal(world, `${path}${more}`, token);
    expect(status).toBe(200);
    const found = members[list];
    if (!Array.isArray(found)) throw new Error(`no ${list}`);
    sizes.push(found.length);
    entries.push(...found);
    next = members.nextToken;
  }
  return { sizes, entries };
}

test("ListAccounts lists the accounts in which the user has a role, without a name where there is none", () => {
  const { entries } = follow(newWorld(), "/assignment/accounts?max_result=100", "accountList");
  expect(entries).toHaveLength(7);
  expect(entries).toContainEqual({
    accountId: "012345678901",
    accountName: "Data Lake – Zürich (東京)",
    emailAddress: "aws+012345678901@my.org",
  });
  expect(entries).toContainEqual({ accountId: "777777777777", emailAddress: "aws+777777777777@my.org" });
});

const PAGES: Record<string, { size: number; settings: object; sizes: number[] }> = {
  "as large as asked": { size: 3, settings: {}, sizes: [3, 3, 1] },
  "no larger than the portal likes": { size: 100, settings: { pageSize: 2 }, sizes: [2, 2, 2, 1] },
  "behind empty ones": { size: 4, settings: { emptyPages: true }, sizes: [0, 4, 0, 3] },
};

for (const [name, { size, settings, sizes }] of Object.entries(PAGES)) {
  test(`ListAccounts makes pages ${name}`, () => {
    const world = newWorld();
    Object.assign(world.identityCenter.settings, settings);
    const found = follow(world, `/assignment/accounts?max_result=${size}`, "accountList");
    expect(found.sizes).toEqual(sizes);
    expect(new Set(found.entries.map((entry) => JSON.stringify(entry))).size).toBe(7);
  });
}

test("ListAccountRoles lists the roles of one account, in pages too", () => {
  const { sizes, entries } = follow(
    newWorld(),
    "/assignment/roles?account_id=111111111111&max_result=2",
    "roleList",
  );
  expect(sizes).toEqual([2, 1]);
  expect(entries[2]).toEqual({ roleName: "PowerUserAccess", accountId: "111111111111" });
});

test("a page's token is good for its own listing only, and has characters that need encoding", () => {
  const world = newWorld();
  const token = accessToken(world);
  const { members } = askPortal(world, "/assignment/roles?account_id=111111111111&max_result=1", token);
  expect(members.nextToken).toMatch(/^\+\/.*=$/);
  const next = encodeURIComponent(String(members.nextToken));
  const status = (account: string) =>
    askPortal(world, `/assignment/roles?account_id=${account}&next_token=${next}`, token).status;
  expect(status("111111111111")).toBe(200);
  expect(status("333333333333")).toBe(400);
});

test("portal throttles with 429 what goes beyond the allowed rate, and allows it again in time", () => {
  const clock = testClock();
  const world = newWorld(clock);
  const token = accessToken(world);
  world.identityCenter.settings.rateLimit = { perSecond: 10, burst: 3 };
  const statuses = (count: number) =>
    Array.from({ length: count }, () => askPortal(world, CREDENTIALS, token).status);
  expect(statuses(5)).toEqual([200, 200, 200, 429, 429]);
  clock.move(200);
  expect(statuses(3)).toEqual([200, 200, 429]);
  clock.move(60_000);
  expect(statuses(4)).toEqual([200, 200, 200, 429]);
  const reply = askPortal(world, CREDENTIALS, token);
  expect(reply.headers.get("x-amzn-errortype")).toStartWith("TooManyRequestsException");
});

test("portal takes the time that it was told to for each response, refusals included", () => {
  const world = newWorld();
  world.identityCenter.settings.latency = 50;
  expect(askPortal(world, CREDENTIALS, accessToken(world)).delay).toBe(50);
  expect(askPortal(world, CREDENTIALS, "unknown")).toMatchObject({ status: 401, delay: 50 });
});

test("largeDirectory makes accounts and roles that the portal lists", () => {
  const world = newWorld();
  createSignInDesk(world).replaceAccounts(largeDirectory(250, 5));
  const { sizes, entries } = follow(world, "/assignment/accounts?max_result=100", "accountList");
  expect(sizes).toEqual([100, 100, 50]);
  const names = entries.map((entry) => new Map(Object.entries(entry ?? {})).get("accountName"));
  expect(new Set(names).size).toBe(250);
  const path = `/assignment/roles?account_id=${largeAccountId(249)}`;
  expect(follow(world, path, "roleList").entries).toHaveLength(5);
});
