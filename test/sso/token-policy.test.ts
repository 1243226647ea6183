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
  ["auto", "auto", ["sign-in", "use", "use", "use", "renew-if-free", "sign-in", "renew"]],
  ["auto", "never", ["refuse", "use", "use", "use", "renew-if-free", "refuse", "renew"]],
  ["off", "auto", ["sign-in", "use", "use", "use", "use", "sign-in", "sign-in"]],
  ["off", "never", ["refuse", "use", "use", "use", "use", "refuse", "refuse"]],
  ["on", "auto", ["sign-in", "sign-in", "renew", "sign-in", "renew", "sign-in", "renew"]],
  ["on", "never", ["refuse", "refuse", "renew", "refuse", "renew", "refuse", "renew"]],
  ["auto", "always", ["sign-in", "sign-in", "sign-in", "sign-in", "sign-in", "sign-in", "sign-in"]],
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
