import { describe, expect, test } from "bun:test";
import { askMfaCode } from "../../../src/credentials/role-chain/mfa.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const serial = "arn:aws:iam::111111111111:mfa/ana";

describe("askMfaCode()", () => {
  test("asks for the code of the device and keeps its zeros", async () => {
    const system = fakeSystem({ typed: ["012345"] });
    expect(await askMfaCode(serial, system)).toBe("012345");
    expect(system.questions).toEqual([`Enter MFA code for ${serial}: `]);
  });

  test("takes blanks off", async () => {
    expect(await askMfaCode(serial, fakeSystem({ typed: [" 123456\t"] }))).toBe("123456");
  });

  test("has a hint where there is no terminal", async () => {
    const failure = await failureOf(() => askMfaCode(serial, fakeSystem({ typed: [undefined] })));
    expect(failure.message).toBe(
      `an MFA code for ${serial} is needed, and there is no terminal to ask for it`,
    );
    expect(failure.hints).toEqual(["give the code with --mfa-token"]);
  });

  test.each(["", "12345", "1234567", "12345a", "123 456", "١٢٣٤٥٦"])(
    "refuses %j without repeating it",
    async (typed) => {
      const failure = await failureOf(() => askMfaCode(serial, fakeSystem({ typed: [typed] })));
      expect(failure.message).toBe(
        `an MFA code for ${serial} is needed, and what was typed is not six digits`,
      );
      expect(failure.hints.join()).toContain("--mfa-token");
    },
  );
});
