import { describe, expect, test } from "bun:test";
import { isThrottling } from "../../src/aws/http/retryable-response.ts";
import type { Page, PortalAccount } from "../../src/aws/sso/portal-operations.ts";
import { Failure } from "../../src/lib/errors.ts";
import {
  type AccessLists,
  type ListingProgress,
  listAccess,
  portalLists,
} from "../../src/sso/list-access.ts";
import { caller, json, portalUrl } from "../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../support/fake-system.ts";
import { limitedService, tokenBucket } from "../support/limited-service.ts";
import { type VirtualClock, virtualClock } from "../support/virtual-clock.ts";

interface PlannedAccount extends PortalAccount {
  readonly roles: readonly string[];
}

/** A portal with pages of `size`; the page token is the offset. */
function portal(accounts: readonly PlannedAccount[], size = 2): AccessLists {
  const page = <T>(items: readonly T[], nextToken: string | undefined): Page<T> => {
    const from = Number(nextToken ?? 0);
    const end = from + size;
    return { items: items.slice(from, end), nextToken: end < items.length ? String(end) : undefined };
  };
  return {
    accounts: async (nextToken) =>
      page(
        accounts.map(({ accountId, accountName }) => ({ accountId, accountName })),
        nextToken,
      ),
    roles: async (accountId, nextToken) =>
      page(accounts.find((account) => account.accountId === accountId)?.roles ?? [], nextToken),
  };
}

const dev = { accountId: "222222222222", accountName: "dev", roles: ["Ops", "Admin", "ReadOnly"] };
const unnamed = { accountId: "012345678901", accountName: undefined, roles: ["Ops"] };
const empty = { accountId: "333333333333", accountName: "empty", roles: [] };

function refusal(status: number, code: string): Failure {
  return new Failure("failed", `${code}: so it is`, {
    serviceError: { code, message: "so it is", status },
    hints: ["a hint"],
  });
}

function listing(
  lists: AccessLists,
  progress: (progress: ListingProgress) => void = () => {},
  clock: VirtualClock = virtualClock(),
) {
  return clock.run(listAccess(lists, clock, progress));
}

describe("listAccess()", () => {
  test("listAccess() follows the pages of accounts and of roles, and sorts both", async () => {
    expect(await listing(portal([dev, unnamed, empty]))).toEqual({
      accounts: [
        { ...unnamed, roles: ["Ops"] },
        { ...dev, roles: ["Admin", "Ops", "ReadOnly"] },
        { ...empty, roles: [] },
      ],
      closed: [],
    });
  });

  test("listAccess() goes on after an empty page that is not the last", async () => {
    const lists = portal([dev]);
    const { accounts } = await listing({
      ...lists,
      accounts: async (next) =>
        next === undefined ? { items: [], nextToken: "0" } : lists.accounts(undefined),
    });
    expect(accounts).toHaveLength(1);
  });

  test("listAccess() takes an account and a role once that two pages have", async () => {
    const { accounts } = await listing({
      accounts: async (next) => ({ items: [dev, dev], nextToken: next === undefined ? "1" : undefined }),
      roles: async (_id, next) => ({ items: ["Ops"], nextToken: next === undefined ? "1" : undefined }),
    });
    expect(accounts).toEqual([{ accountId: dev.accountId, accountName: "dev", roles: ["Ops"] }]);
  });

  test("listAccess() is empty for a user without an account", async () => {
    expect(await listing(portal([]))).toEqual({ accounts: [], closed: [] });
  });

  test("listAccess() does not depend on the order of the responses", async () => {
    const accounts = Array.from({ length: 20 }, (_, index) => ({
      accountId: String(index).padStart(12, "0"),
      accountName: `a${index % 7}`,
      roles: ["x", "y", "z"].slice(0, 1 + (index % 3)),
    }));
    const lists = portal(accounts, 3);
    const results = [1, 2, 3].map(async (seed) => {
      const clock = virtualClock();
      let state = seed;
      const delayed = async <T>(answer: Promise<T>): Promise<T> => {
        state = (state * 48271) % 2147483647;
        await clock.sleep(state % 500);
        return answer;
      };
      const slow = {
        accounts: (next: string | undefined) => delayed(lists.accounts(next)),
        roles: (id: string, next: string | undefined) => delayed(lists.roles(id, next)),
      };
      return JSON.stringify(await listing(slow, undefined, clock));
    });
    expect(new Set(await Promise.all(results)).size).toBe(1);
  });

  test("listAccess() never fails for throttling", async () => {
    const clock = virtualClock();
    const service = limitedService(clock, tokenBucket(20, 5), 50);
    const accounts = Array.from({ length: 100 }, (_, index) => ({
      ...dev,
      accountId: String(index).padStart(12, "0"),
    }));
    const lists = portal(accounts, 100);
    const throttled = {
      accounts: (next: string | undefined) => service.ask(() => lists.accounts(next)),
      roles: (id: string, next: string | undefined) => service.ask(() => lists.roles(id, next)),
    };
    expect((await listing(throttled, undefined, clock)).accounts).toHaveLength(100);
    expect(service.count.throttled).toBeGreaterThan(0);
  });

  test("listAccess() reports the number of accounts once the last page of them has come", async () => {
    const seen: ListingProgress[] = [];
    await listing(portal([dev, unnamed, empty]), (progress) => seen.push({ ...progress }));
    expect(seen.at(0)).toEqual({ accounts: undefined, listed: 0, roles: 0 });
    expect(new Set(seen.map(({ accounts }) => accounts))).toEqual(new Set([undefined, 3]));
    expect(seen.at(-1)).toEqual({ accounts: 3, listed: 3, roles: 4 });
  });
});

describe("listAccess(), refusals", () => {
  for (const [status, code] of [
    [403, "ForbiddenException"],
    [404, "ResourceNotFoundException"],
  ] as const) {
    test(`listAccess() leaves out an account whose roles fail with ${status}, and says so`, async () => {
      const lists = portal([dev, unnamed]);
      const { accounts, closed } = await listing({
        ...lists,
        roles: async (id, next) => {
          if (id === dev.accountId) throw refusal(status, code);
          return lists.roles(id, next);
        },
      });
      expect(accounts.map(({ accountId }) => accountId)).toEqual([unnamed.accountId]);
      expect(closed.map(({ account, refusal: { message } }) => [account.accountId, message])).toEqual([
        [dev.accountId, `cannot list your roles in account 222222222222 (dev): ${code}: so it is`],
      ]);
    });
  }

  test("listAccess() fails when something before the portal refuses an account", async () => {
    const lists = portal([dev, unnamed]);
    const work = listing({
      ...lists,
      roles: async (id, next) => {
        if (id === dev.accountId) throw refusal(403, "HTTP 403");
        return lists.roles(id, next);
      },
    });
    await expect(work).rejects.toMatchObject({
      message: "cannot list your roles in account 222222222222 (dev): HTTP 403: so it is",
    });
  });

  test("listAccess() fails when every account is refused", async () => {
    const lists = portal([unnamed]);
    const work = listing({
      ...lists,
      roles: async () => {
        throw refusal(403, "ForbiddenException");
      },
    });
    await expect(work).rejects.toMatchObject({
      message: "cannot list your roles in account 012345678901: ForbiddenException: so it is",
      hints: ["a hint"],
      serviceError: { status: 403 },
    });
  });

  for (const [status, code] of [
    [400, "InvalidRequestException"],
    [403, "ForbiddenException"],
    [500, "HTTP 500"],
  ] as const) {
    test(`listAccess() fails when the list of accounts fails with ${status}`, async () => {
      const work = listing({
        ...portal([dev]),
        accounts: async () => {
          throw refusal(status, code);
        },
      });
      await expect(work).rejects.toMatchObject({
        message: `cannot list your accounts: ${code}: so it is`,
        serviceError: { status },
      });
    });
  }

  test("listAccess() fails when listing the roles of one account fails for another reason", async () => {
    const work = listing({
      ...portal([dev, unnamed]),
      roles: async () => {
        throw new Failure("failed", "portal.example: no answer");
      },
    });
    await expect(work).rejects.toThrow(
      "cannot list your roles in account 222222222222 (dev): portal.example: no answer",
    );
  });

  const endless: Record<
    string,
    { next: (nextToken: string | undefined) => string; why: string; asked: number }
  > = {
    "names itself as the next": {
      next: () => "1",
      why: "the portal names a page as the next one that it has sent already",
      asked: 2,
    },
    "leads back to one before": {
      next: (token) => (token === "a" ? "b" : token === "b" ? "c" : "a"),
      why: "the portal names a page as the next one that it has sent already",
      asked: 4,
    },
    "always names another": {
      next: (token) => String(Number(token ?? 0) + 1),
      why: "the portal has sent 10000 pages of one list, and names another",
      asked: 10_000,
    },
  };
  for (const [sentence, { next, why, asked }] of Object.entries(endless)) {
    for (const list of ["accounts", "roles"] as const) {
      test(`listAccess() fails when a page of ${list} ${sentence}`, async () => {
        let calls = 0;
        const page = async (nextToken: string | undefined) => {
          calls++;
          return { items: [], nextToken: next(nextToken) };
        };
        const lists: AccessLists =
          list === "accounts"
            ? { ...portal([]), accounts: page }
            : { ...portal([dev]), roles: (_, nextToken) => page(nextToken) };
        await expect(listing(lists)).rejects.toThrow(`cannot list your access: ${why}`);
        expect(calls).toBe(asked);
      });
    }
  }
});

test("listAccess() reports a missing token without its own attempt before it", async () => {
  const work = listing({
    ...portal([]),
    accounts: async () => {
      throw new Failure("sign-in-needed", "cannot use the sign-in");
    },
  });
  await expect(work).rejects.toMatchObject({ kind: "sign-in-needed", message: "cannot use the sign-in" });
});

describe("portalLists()", () => {
  const lists = (system: FakeSystem) =>
    portalLists({
      ask: (operation) => operation({ ...caller(system, portalUrl), accessToken: "made-up-token" }),
    });

  test("portalLists() asks the portal for a page of accounts and a page of roles", async () => {
    const system = fakeSystem();
    system.expect(
      "GET",
      `${portalUrl}/assignment/accounts?max_result=100&next_token=a%2Fb`,
      json(200, { accountList: [{ accountId: "012345678901", accountName: "dev" }], nextToken: "c" }),
    );
    system.expect(
      "GET",
      `${portalUrl}/assignment/roles?account_id=012345678901&max_result=100`,
      json(200, { roleList: [{ roleName: "Ops", accountId: "012345678901" }] }),
    );
    expect(await lists(system).accounts("a/b")).toEqual({
      items: [{ accountId: "012345678901", accountName: "dev" }],
      nextToken: "c",
    });
    expect(await lists(system).roles("012345678901", undefined)).toEqual({
      items: ["Ops"],
      nextToken: undefined,
    });
  });

  test("portalLists() passes throttling on at once: the caller finds the rate", async () => {
    const system = fakeSystem();
    const throttled = json(
      429,
      { message: "Too many requests" },
      { "x-amzn-errortype": "TooManyRequestsException" },
    );
    system.expect("GET", `${portalUrl}/assignment/accounts?max_result=100`, throttled);
    const failure = await lists(system)
      .accounts(undefined)
      .catch((error: unknown) => error);
    expect(isThrottling(failure)).toBe(true);
    expect(system.sleeps).toEqual([]);
  });
});
