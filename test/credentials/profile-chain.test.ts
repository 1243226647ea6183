import { describe, expect, test } from "bun:test";
import { chainVariable, extendedChain } from "../../src/credentials/profile-chain.ts";
import { failureOf } from "../support/failure.ts";

const [dev, prod] = ["dev (/home/ana/.aws/config:3)", "prod (/home/ana/.aws/config:7)"];

describe("extendedChain()", () => {
  test("extendedChain() begins with the profile itself", () => {
    expect(extendedChain({}, dev)).toBe(JSON.stringify([dev]));
  });

  test("extendedChain() adds to those that are waiting", () => {
    expect(extendedChain({ [chainVariable]: extendedChain({}, dev) }, prod)).toBe(
      JSON.stringify([dev, prod]),
    );
  });

  test("extendedChain() takes a profile of the same name in another file for another one", () => {
    const env = { [chainVariable]: extendedChain({}, dev) };
    expect(extendedChain(env, "dev (/tmp/config:3)")).toContain("/tmp/config");
  });

  test("extendedChain() refuses a profile that waits for itself, and names every profile of the circle", async () => {
    const env = { [chainVariable]: extendedChain({ [chainVariable]: extendedChain({}, dev) }, prod) };
    const failure = await failureOf(() => extendedChain(env, dev));
    expect(failure.kind).toBe("failed");
    expect(failure.message).toBe(
      `cannot run the credential_process of profile ${dev}: it is waiting for this very profile: ${dev} -> ${prod} -> ${dev}`,
    );
  });

  for (const value of ["", "dev,prod", "{}", "[", "null", '{"0":"dev"}']) {
    test(`extendedChain() begins anew where the variable holds ${JSON.stringify(value)}`, () => {
      expect(extendedChain({ [chainVariable]: value }, dev)).toBe(JSON.stringify([dev]));
    });
  }

  test("extendedChain() ignores members that are not text", () => {
    expect(extendedChain({ [chainVariable]: '[1, "x", null]' }, dev)).toBe(JSON.stringify(["x", dev]));
  });
});
