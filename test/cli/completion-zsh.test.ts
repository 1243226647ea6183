import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zshCompletion } from "../../src/cli/completion-zsh.ts";
import { isMissing, runShell } from "./shells.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-zsh-"));
  await Bun.write(join(folder, "_aws-login"), zshCompletion());
});
afterAll(() => rm(folder, { recursive: true }));

/** Types the line and a tab into an interactive zsh, and resolves once `expected` is on its screen. */
function completes(line: string, expected: string): Promise<string> {
  return runShell(
    ["zsh", "-f"],
    `zmodload zsh/zpty
zpty typist zsh -f -i
zpty -w typist 'PS1=; fpath=(${folder} $fpath); autoload -U compinit; compinit -u -D; print ready$((1 + 1))'
zpty -r typist screen '*ready2*'
zpty -w -n typist '${line}'$'\\t'
zpty -r typist screen '*${expected}*'
zpty -d typist
print -r -- $screen
`,
  );
}

describe.skipIf(isMissing("zsh"))("zshCompletion() (needs zsh)", () => {
  test("parses", async () => {
    expect(await runShell(["zsh", "-f", "-n"], zshCompletion())).toBe("");
  });

  const CASES: Record<string, [string, string]> = {
    "a command": ["aws-login getc", "getcallerid"],
    "a command after an option whose value is one": ["aws-login --profile console logi", "console login"],
    "an option of the command": ["aws-login console --dest", "--destination"],
    "an option before there is a command": ["aws-login --outf", "--outform"],
    "a choice as a word of its own": ["aws-login dumpcreds --outform po", "--outform powershell"],
    "a choice after =": ["aws-login dumpcreds --outform=po", "--outform=powershell"],
    "the only choice of the command": ["aws-login status --format ", "--format json"],
    "a token file": ["aws-login importcache --accesstoken-cache /etc/shell", "/etc/shells"],
    "a command for help": ["aws-login help run", "help runas"],
    "the other name of dumpcreds": ["aws-login credent", "credential-process"],
    "an option of AWS's helper": ["aws-login credential-process --with-", "--with-proxy"],
    "the page of AWS's helper": ["aws-login help credent", "help credential-process"],
    "a shell for completion": ["aws-login completion pow", "completion powershell"],
    "the program after the -- of runas": ["aws-login runas -- unfunc", "-- unfunction"],
  };
  for (const [sentence, [line, expected]] of Object.entries(CASES)) {
    test(`completes ${sentence}`, async () => {
      expect(line).not.toContain(expected);
      expect(await completes(line, expected)).toContain(expected);
    });
  }

  test("knows by the command which options there are", async () => {
    const output = await runShell(
      ["zsh", "-f"],
      `_arguments() { print -rl -- "$@" }
${zshCompletion()}
words=(aws-login dumpconfig --wr) CURRENT=3
_aws-login
`,
    );
    expect(output).toContain("--write[");
    expect(output).not.toContain("--assume-roles");
  });
});
