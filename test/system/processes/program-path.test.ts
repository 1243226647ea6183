import { describe, expect, test } from "bun:test";
import { programPaths } from "../../../src/system/processes/program-path.ts";

const cases: Record<string, [string, string | undefined, string[]]> = {
  "looks through the folders of PATH in order": ["aws", "/a:/b/c", ["/a/aws", "/b/c/aws"]],
  "takes an empty folder for the working directory": ["aws", ":/a::", ["./aws", "/a/aws", "./aws", "./aws"]],
  "takes an empty PATH for the working directory": ["aws", "", ["./aws"]],
  "looks through the system's folders without PATH": ["aws", undefined, ["/usr/bin/aws", "/bin/aws"]],
  "takes a name with a slash for a path": ["./aws", "/a", ["./aws"]],
  "finds an empty name nowhere": ["", "/a", []],
};

describe("programPaths()", () => {
  for (const [sentence, [program, path, paths]] of Object.entries(cases)) {
    test(`programPaths() ${sentence}`, () => {
      expect(programPaths(program, path)).toEqual(paths);
    });
  }
});
