import { describe, expect, test } from "bun:test";
import { actions, actionsPath } from "./actions/actions.ts";
import type { Header } from "./http/message.ts";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { testClock } from "./support/clock.ts";
import { createWorld } from "./world/world.ts";

const plan = { requestToken: "made-up-secret", token: "made.up.jwt" };
const query = "api-version=2.0&audience=sts.amazonaws.com";

function ask(changed: Partial<{ method: string; path: string; query: string; secret: string }> = {}) {
  const world = createWorld({ ...SAMPLE_WORLD, actions: plan }, testClock().now, "test");
  const { secret = plan.requestToken, ...rest } = changed;
  const headers: Header[] = [["Authorization", `Bearer ${secret}`]];
  const call = { method: "GET", path: actionsPath, query, ...rest };
  const { reply } = actions({ ...call, headers, body: new Uint8Array(), host: undefined }, world);
  return { status: reply.status, body: JSON.parse(String(reply.body)) };
}

describe("the token endpoint of GitHub Actions", () => {
  test("the token endpoint gives a job the token for AWS", () => {
    expect(ask()).toEqual({ status: 200, body: { count: 1, value: "made.up.jwt" } });
  });

  test.each(["api-version=2.0", "api-version=2.0&audience=sts.amazonaws.com.cn"])(
    "the token endpoint gives a token for another audience: %s",
    (asked) => {
      expect(ask({ query: asked }).body.value).not.toBe(plan.token);
    },
  );

  const refused: Readonly<Record<string, readonly [Parameters<typeof ask>[0], status: number]>> = {
    "another secret": [{ secret: "other" }, 401],
    "another path": [{ path: "/36//idtoken/other/job" }, 404],
    "another method": [{ method: "POST" }, 405],
    "a query without the version": [{ query: "audience=sts.amazonaws.com" }, 400],
  };
  for (const [sentence, [changed, status]] of Object.entries(refused)) {
    test(`the token endpoint refuses ${sentence}`, () => {
      expect(ask(changed).status).toBe(status);
    });
  }
});
