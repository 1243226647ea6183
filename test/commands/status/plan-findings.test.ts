import { expect, test } from "bun:test";
import { openFileFindings } from "../../../src/commands/status/plan-findings.ts";

test("openFileFindings() reports each open file once, with the command that closes it", () => {
  const open = (path: string) => (path === "/a b" ? true : path === "/no" ? undefined : false);
  expect(openFileFindings(["/a b", "/no", "/closed", "/a b"], open)).toEqual([
    {
      severity: "warning",
      code: "open-file",
      message: "others may read /a b, which holds secrets",
      hint: "chmod 600 '/a b'",
    },
  ]);
});
