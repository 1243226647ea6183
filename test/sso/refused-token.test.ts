import { describe, expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import { askWithToken } from "../../src/sso/refused-token.ts";
import type { StoredToken } from "../../src/sso/token-file.ts";
import { failureOf } from "../support/failure.ts";

const token = (accessToken: string): StoredToken => ({
  accessToken,
  expiresAt: "2030-01-31T13:00:00Z",
  fields: {},
});
const refusal = (status: number) =>
  new Failure("failed", `status ${status}`, { serviceError: { code: "Made", message: "up", status } });

/** Tokens one after the other, as long as there are any. */
function tokensOf(...names: readonly string[]) {
  const left = [...names];
  const traced: string[] = [];
  return {
    traced,
    trace: (line: string) => traced.push(line),
    current: async () => token(left[0] ?? ""),
    replace: async (_refused: StoredToken, failure: Failure) => {
      left.shift();
      if (left.length === 0) throw failure;
    },
  };
}

describe("askWithToken()", () => {
  test("askWithToken() asks again with another token after a 401", async () => {
    const asked: string[] = [];
    const tokens = tokensOf("old", "new");
    const answer = await askWithToken(tokens, async (accessToken) => {
      asked.push(accessToken);
      if (accessToken === "old") throw refusal(401);
      return "answer";
    });
    expect([answer, asked]).toEqual(["answer", ["old", "new"]]);
    expect(tokens.traced).toEqual(["the portal refused the token: status 401"]);
  });

  test("askWithToken() ends with the refusal when there is no other token", async () => {
    const failure = await failureOf(() =>
      askWithToken(tokensOf("old"), async () => {
        throw refusal(401);
      }),
    );
    expect(failure.serviceError?.status).toBe(401);
  });

  test("askWithToken() replaces no token after another status", async () => {
    const failure = await failureOf(() =>
      askWithToken(tokensOf("old", "new"), async () => {
        throw refusal(403);
      }),
    );
    expect(failure.serviceError?.status).toBe(403);
  });
});
