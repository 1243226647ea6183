import { describe, expect, test } from "bun:test";
import { bashCompletion } from "../../src/cli/completion-bash.ts";
import { isMissing, runShell } from "./shells.ts";

const BASH = ["bash", "--noprofile", "--norc"];

/** What bash would offer for the last of the words, which are split as bash splits them. */
async function offered(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const output = await runShell(
    BASH,
    `set -u
${bashCompletion()}
COMP_WORDS=(aws-login ${quoted})
COMP_LINE= COMP_POINT=0
COMP_CWORD=${words.length}
_aws_login
printf '%s\\n' \${COMPREPLY[@]+"\${COMPREPLY[@]}"}
`,
  );
  return output.split("\n").filter((line) => line !== "");
}

describe.skipIf(isMissing("bash"))("bashCompletion() (needs bash)", () => {
  test("parses", async () => {
    expect(await runShell([...BASH, "-n"], bashCompletion())).toBe("");
  });

  const CASES: Record<string, [string[], string[]]> = {
    "commands by their beginning": [["dump"], ["dumpcreds", "dumpconfig"]],
    "topics of the help": [["help", "so"], ["sources"]],
    "commands after an option whose value is one": [
      ["--profile", "console", "log"],
      ["login", "logout"],
    ],
    "options of the command": [["console", "--dest"], ["--destination"]],
    "no option of another command": [["console", "--wri"], []],
    "options before there is a command": [["--outf"], ["--outform"]],
    "choices as a word of their own": [["dumpcreds", "--outform", "p"], ["powershell"]],
    "choices after =": [["dumpcreds", "--outform", "=", "p"], ["powershell"]],
    "all choices at the =": [
      ["console", "--sign-in", "="],
      ["auto", "always", "never"],
    ],
    "the choices of the command": [["status", "--format", ""], ["json"]],
    "all choices to a command that takes all": [
      ["list", "--format", "="],
      ["json", "tsv"],
    ],
    "all choices before there is a command": [
      ["--format", ""],
      ["json", "tsv"],
    ],
    "nothing for a free value": [["console", "--external-id", ""], []],
    "a region": [["console", "--region", "eu-south-2"], ["eu-south-2"]],
    "no error where aws-login is not installed": [["console", ""], []],
    "options after the value of another": [["console", "--profile", "=", "p", "--verb"], ["--verbose"]],
    "files for a token file": [["importcache", "--accesstoken-cache", "/etc/passw"], ["/etc/passwd"]],
    "commands for help": [["help", "run"], ["runas"]],
    "shells for completion": [["completion", "b"], ["bash"]],
    "shells for shell-init": [["shell-init", "f"], ["fish"]],
    "the other name of dumpcreds": [["cred"], ["credential-process"]],
    "the options of AWS's helper": [["credential-process", "--with"], ["--with-proxy"]],
    "files for a certificate": [["credential-process", "--certificate", "/etc/passw"], ["/etc/passwd"]],
    "no option of AWS's helper elsewhere": [["dumpcreds", "--with"], []],
    "the page of AWS's helper": [["help", "cred"], ["credential-process"]],
    "programs after the -- of runas": [["runas", "--", "typese"], ["typeset"]],
    "files for that program": [["runas", "--", "ls", "/etc/passw"], ["/etc/passwd"]],
    "nothing after -- elsewhere": [["console", "--", "l"], []],
  };
  for (const [sentence, [words, offers]] of Object.entries(CASES)) {
    test(`offers ${sentence}`, async () => {
      const found = await offered(...words);
      expect(found.filter((word) => !/^\/etc\/passwd./.test(word))).toEqual(offers);
    });
  }
});
