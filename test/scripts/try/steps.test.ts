import { expect, test } from "bun:test";
import { differences, type Step } from "../../../scripts/try/steps.ts";

const step: Step = { title: "", args: [], status: 1, stdout: [], stderr: ["error", /^hint: \w+$/m] };

test("differences() finds none when status, stdout and stderr are those of the step", () => {
  expect(differences(step, { status: 1, stdout: "", stderr: "error\nhint: this\n" })).toEqual([]);
});

test("differences() names everything that is otherwise", () => {
  expect(differences(step, { status: 0, stdout: "x", stderr: "hint:" })).toEqual([
    "the exit status is 0, not 1",
    "stdout is not empty",
    "stderr has no error",
    "stderr has no /^hint: \\w+$/m",
  ]);
});
