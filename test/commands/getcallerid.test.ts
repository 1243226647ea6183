import { describe, expect, test } from "bun:test";
import { run } from "../../src/commands/getcallerid.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";
import { callerAnswer, stsError } from "../support/sts-answers.ts";

const url = "https://sts.us-east-1.amazonaws.com/";

describe("run()", () => {
  test("prints what STS says, indented by four spaces", async () => {
    const system = fakeSystem({ env: environmentKeys });
    system.expect("POST", url, callerAnswer());
    expect(await run(optionsOf("getcallerid"), system)).toBe(0);
    expect(system.stdoutTexts).toEqual([
      '{\n    "UserId": "AIDAMADEUP",\n    "Account": "111111111111",\n    "Arn": "arn:aws:iam::111111111111:user/ana"\n}\n',
    ]);
  });

  test("prints nothing when STS refuses", async () => {
    const system = fakeSystem({ env: environmentKeys });
    system.expect("POST", url, stsError("InvalidClientTokenId", "Unknown."));
    const failure = await failureOf(() => run(optionsOf("getcallerid"), system));
    expect(failure.notes).toEqual(["asked as access key AKIASTART from the environment, request request-2"]);
    expect(system.stdoutTexts).toEqual([]);
  });
});
