import { describe, expect, test } from "bun:test";
import { powershellCompletion } from "../../src/cli/completion-powershell.ts";
import { isMissing, runShell } from "./shells.ts";

test("powershellCompletion() quotes every word and closes every bracket", () => {
  const script = powershellCompletion();
  expect(script).toContain("Register-ArgumentCompleter -Native -CommandName 'aws-login'");
  expect(script).toContain(
    "    '--outform' = @('linux', 'mac', 'windows', 'powershell', 'fish', 'env', 'json')\n",
  );
  expect(script).toContain("    '--format' = @('json', 'tsv')\n");
  expect(script).toContain("    'status --format' = @('json')\n");
  expect(script).toMatch(/ {4}'console' = @\('--profile', .*'--copy', .*'--region', '--verbose'\)\n/);
  expect(script).toMatch(/ {4}'credential-process' = @\('--profile', .*'--with-proxy', '--debug'\)\n/);
  expect(script).toContain("& $program __complete powershell @arguments 2>$null | ForEach-Object {\n");
  expect(script).toContain('$_.Split("`t")');
  for (const [open, close] of ["()", "{}", "[]"].map((pair) => pair.split(""))) {
    expect(script.split(open ?? "").length).toBe(script.split(close ?? "").length);
  }
  expect((script.match(/'/g) ?? []).length % 2).toBe(0);
});

describe.skipIf(isMissing("pwsh"))("powershellCompletion() (needs pwsh)", () => {
  const CASES: Record<string, [string, string[]]> = {
    "commands by their beginning": ["aws-login dump", ["dumpcreds", "dumpconfig"]],
    "commands after an option whose value is one": ["aws-login --profile console log", ["login", "logout"]],
    "options of the command": ["aws-login console --dest", ["--destination"]],
    "choices as a word of their own": ["aws-login dumpcreds --outform p", ["powershell"]],
    "choices after =": ["aws-login dumpcreds --outform=p", ["--outform=powershell"]],
    "the choices of the command": ["aws-login status --format ", ["json"]],
    "the choices of the command after =": ["aws-login status --format=", ["--format=json"]],
    "all choices to a command that takes all": ["aws-login list --format ", ["json", "tsv"]],
    "a region after =": ["aws-login console --region=eu-south-2", ["--region=eu-south-2"]],
    "shells for completion": ["aws-login completion b", ["bash"]],
    "shells for shell-init": ["aws-login shell-init f", ["fish"]],
    "the options of AWS's helper": ["aws-login credential-process --with", ["--with-proxy"]],
  };
  for (const [sentence, [line, offers]] of Object.entries(CASES)) {
    test(`offers ${sentence}`, async () => {
      const output = await runShell(
        ["pwsh", "-NoProfile", "-Command", "-"],
        `${powershellCompletion()}
(TabExpansion2 -inputScript '${line}' -cursorColumn ${line.length}).CompletionMatches.CompletionText
`,
      );
      expect(output.trim().split(/\r?\n/)).toEqual(offers);
    });
  }
});
