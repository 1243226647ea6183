import { expect, test } from "bun:test";
import { defaultSessionName } from "../../../src/credentials/role-chain/session-name.ts";

test("defaultSessionName is a name that AssumeRole and GetFederationToken accept", () => {
  expect(defaultSessionName).toMatch(/^[\w+=,.@-]{2,32}$/);
});
