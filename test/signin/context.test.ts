import { expect, test } from "bun:test";
import { accountAccess } from "../../src/signin/context.ts";

test("accountAccess is the scope that the AWS CLI asks for too, so that both can use one registration", () => {
  expect(accountAccess).toBe("sso:account:access");
});
