import { describe, expect, test } from "bun:test";
import { readProcessOutput } from "../../../src/credentials/sources/process-output.ts";

const whole = {
  Version: 1,
  AccessKeyId: "ASIAMADEUP",
  SecretAccessKey: "made-up-secret",
  SessionToken: "made-up-token",
  Expiration: "2030-01-31T12:00:00Z",
  AccountId: "012345678901",
};
const read = (members: object) => readProcessOutput(JSON.stringify({ ...whole, ...members }));

describe("readProcessOutput()", () => {
  test("readProcessOutput() reads every known member, and ignores others", () => {
    expect(read({ Extra: { a: 1 } })).toEqual({
      accessKeyId: "ASIAMADEUP",
      secretAccessKey: "made-up-secret",
      sessionToken: "made-up-token",
      expiration: Date.UTC(2030, 0, 31, 12),
      accountId: "012345678901",
    });
  });

  test("readProcessOutput() takes keys alone for keys that never expire", () => {
    const output = ' \n{"Version":1,"AccessKeyId":"AKIAMADEUP","SecretAccessKey":"made-up-secret"}\n';
    expect(readProcessOutput(output)).toEqual({
      accessKeyId: "AKIAMADEUP",
      secretAccessKey: "made-up-secret",
    });
  });

  test("readProcessOutput() takes null and empty text for absent where a member may be absent", () => {
    const credentials = read({ SessionToken: null, Expiration: null, AccountId: "" });
    expect(credentials).toEqual({ accessKeyId: "ASIAMADEUP", secretAccessKey: "made-up-secret" });
  });

  test("readProcessOutput() does not take an account id that was a number and may have lost its zero", () => {
    expect(read({ AccountId: 12345678901 })).not.toHaveProperty("accountId");
  });

  test("readProcessOutput() reads times with an offset and with a fraction", () => {
    const noon = Date.UTC(2030, 0, 31, 12);
    expect(read({ Expiration: "2030-01-31T14:00:00+02:00" })).toMatchObject({ expiration: noon });
    expect(read({ Expiration: "2030-01-31T12:00:00.123456Z" })).toMatchObject({ expiration: noon + 123 });
  });

  const lacksVersion = "what it printed lacks Version with the number 1";
  const badTime = "the Expiration it printed is not a time such as 2030-01-31T12:00:00Z";
  const wrong: Record<string, [members: object, why: string]> = {
    "no Version": [{ Version: undefined }, lacksVersion],
    "Version as text": [{ Version: "1" }, lacksVersion],
    "another Version": [{ Version: 2 }, lacksVersion],
    "Version true": [{ Version: true }, lacksVersion],
    "no AccessKeyId": [{ AccessKeyId: undefined }, "what it printed lacks AccessKeyId"],
    "an empty AccessKeyId": [{ AccessKeyId: "" }, "what it printed lacks AccessKeyId"],
    "AccessKeyId in another case": [
      { AccessKeyId: undefined, accessKeyId: "ASIAMADEUP" },
      "what it printed lacks AccessKeyId",
    ],
    "no SecretAccessKey": [{ SecretAccessKey: undefined }, "what it printed lacks SecretAccessKey"],
    "a SecretAccessKey that is a number": [{ SecretAccessKey: 1 }, "what it printed lacks SecretAccessKey"],
    "an Expiration that is no time": [{ Expiration: "tomorrow" }, badTime],
    "an Expiration without a zone": [{ Expiration: "2030-01-31T12:00:00" }, badTime],
    "an Expiration that is a number": [{ Expiration: 1_896_087_600 }, badTime],
  };
  for (const [sentence, [members, why]] of Object.entries(wrong)) {
    test(`readProcessOutput() refuses ${sentence}`, () => {
      expect(read(members)).toEqual({ why });
    });
  }

  const notJson = "what it printed is not a JSON object";
  for (const output of [
    "",
    "made-up-secret",
    "[]",
    "null",
    "1",
    '{"Version": 1} trailing',
    '{"Version": 1}{}',
  ]) {
    test(`readProcessOutput() refuses ${JSON.stringify(output)} and does not repeat it`, () => {
      expect(readProcessOutput(output)).toEqual({ why: notJson });
    });
  }
});
