import { expect, test } from "bun:test";
import { refused } from "../../../src/sso/login/refused.ts";
import { portal } from "../../support/fake-login.ts";

test("refused() names the portal, and what to do", () => {
  const { kind, message, hints } = refused(portal);
  expect([kind, message]).toEqual([
    "failed",
    `cannot sign in to ${portal.startUrl}: the request was refused in the browser`,
  ]);
  expect(hints).toEqual(["run the command again, and approve the request"]);
});
