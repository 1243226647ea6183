import { expect, test } from "bun:test";
import { awsNow } from "../../../src/aws/http/http-client.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

test("awsNow() adds the learnt offset to the local clock", () => {
  const system = fakeSystem();
  expect(awsNow({ system, clockOffset: 0 })).toBe(noon);
  expect(awsNow({ system, clockOffset: -600_000 })).toBe(noon - 600_000);
});
