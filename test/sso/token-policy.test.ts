import { describe, expect, test } from "bun:test";
import type { StoredToken } from "../../src/sso/token-file.ts";
import { decideToken, type TokenDecision, type TokenPolicy } from "../../src/sso/token-policy.ts";
import { noon } from "../support/fake-system.ts";

const token = (minutes: number, refreshable: boolean): StoredToken => ({
  accessToken: "t",
  expiresAt: new Date(noon + minutes * 60_000).toISOString(),
  ...(refreshable ? { refreshToken: "r", clientId: "id", clientSecret: "s" } : {}),
  fields: {},
});
const tokens = {
  none: undefined,
  fresh: token(60, false),
  "fresh, refreshable": token(60, true),
  due: token(4, false),
  "due, refreshable": token(4, true),
  expired: token(-1, false),
  "expired, refreshable": token(-1, true),
};

/** One line a policy: refresh, sign-in, then what is decided for each token above, in order. */
const table: [TokenPolicy["refresh"], TokenPolicy["signIn"], TokenDecision[]][] = [
  ["auto", "auto", ["login", "use", "use", "use", "renew-if-free", "login", "renew"]],
  ["auto", "never", ["refuse", "use", "use", "use", "renew-if-free", "refuse", "renew"]],
  ["off", "auto", ["login", "use", "use", "use", "use", "login", "login"]],
  ["off", "never", ["refuse", "use", "use", "use", "use", "refuse", "refuse"]],
  ["on", "auto", ["login", "login", "renew", "login", "renew", "login", "renew"]],
  ["on", "never", ["refuse", "refuse", "renew", "refuse", "renew", "refuse", "renew"]],
  ["auto", "always", ["login", "login", "login", "login", "login", "login", "login"]],
];

describe("decideToken()", () => {
  for (const [refresh, signIn, decisions] of table) {
    for (const [index, [name, stored]] of Object.entries(tokens).entries()) {
      const decision = decisions[index] ?? "refuse";
      test(`decideToken() answers ${decision} to a token ${name} under refresh ${refresh}, sign-in ${signIn}`, () => {
        expect(decideToken(stored, { refresh, signIn }, noon)).toBe(decision);
      });
    }
  }
});
