import { expect, test } from "bun:test";
import { formatVariables } from "../../src/format/variables.ts";
import type { Outform } from "../../src/lib/option-choices.ts";
import { failureOf } from "../support/failure.ts";

const variables = { set: { URI: "http://127.0.0.1:4100/x", NAME: "it's" }, unset: ["OLD"] };

const forms: Record<Outform, string> = {
  linux: "unset OLD;\nexport URI=http://127.0.0.1:4100/x\nexport NAME='it'\\''s'\n# to end it\n",
  mac: "unset OLD;\nexport URI=http://127.0.0.1:4100/x\nexport NAME='it'\\''s'\n# to end it\n",
  windows: 'SET OLD=\nSET URI=http://127.0.0.1:4100/x\nSET "NAME=it\'s"\nREM to end it\n',
  powershell: "$Env:OLD=$null\n$Env:URI='http://127.0.0.1:4100/x'\n$Env:NAME='it''s'\n# to end it\n",
  fish: "set -e OLD; or true;\nset -gx URI http://127.0.0.1:4100/x;\nset -gx NAME 'it\\'s';\n# to end it\n",
  env: "URI=http://127.0.0.1:4100/x\nNAME='it'\\''s'\n",
  json: '{\n    "URI": "http://127.0.0.1:4100/x",\n    "NAME": "it\'s",\n    "OLD": null\n}\n',
};

for (const [outform, text] of Object.entries(forms) as [Outform, string][]) {
  test(`formatVariables() unsets, sets, and has the comment last in the form ${outform}`, () => {
    expect(formatVariables(variables, outform, "to end it")).toBe(text);
  });
}

test("formatVariables() refuses a value that the form cannot express", async () => {
  const failure = await failureOf(async () => formatVariables({ set: { A: "a\nb" }, unset: [] }, "windows"));
  expect(failure.message).toContain("cannot print A with --outform windows");
});
