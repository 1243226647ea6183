import { describe, expect, test } from "bun:test";
import { fishCompletion } from "../../src/cli/completion-fish.ts";
import { isMissing, runShell } from "./shells.ts";

/** What fish offers at the end of the line, without descriptions, sorted. */
async function offered(line: string): Promise<string[]> {
  const output = await runShell(["fish", "--no-config"], `${fishCompletion()}\ncomplete -C "${line}"\n`);
  return output
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => row.split("\t", 1).join())
    .toSorted();
}

describe.skipIf(isMissing("fish"))("fishCompletion() (needs fish)", () => {
  test("parses", async () => {
    expect(await runShell(["fish", "--no-config", "--no-execute"], fishCompletion())).toBe("");
  });

  const CASES: Record<string, [string, string[]]> = {
    "commands by their beginning": ["aws-login dump", ["dumpconfig", "dumpcreds"]],
    "commands after an option whose value is one": ["aws-login --profile console log", ["login", "logout"]],
    "options of the command": ["aws-login console --dest", ["--destination"]],
    "no option of another command": ["aws-login console --wri", []],
    "options before there is a command": ["aws-login --outf", ["--outform"]],
    "choices as a word of their own": ["aws-login dumpcreds --outform p", ["powershell"]],
    "choices after =": ["aws-login dumpcreds --outform=p", ["--outform=powershell"]],
    "the choices of the command": ["aws-login status --format ", ["json"]],
    "all choices to a command that takes all": ["aws-login list --format ", ["json", "tsv"]],
    "all choices before there is a command": ["aws-login --format ", ["json", "tsv"]],
    "an option once that commands take in different ways": ["aws-login --use-c", ["--use-cache"]],
    "nothing for a free value": ["aws-login console --external-id ", []],
    "a region": ["aws-login console --region eu-south-2", ["eu-south-2"]],
    "no error where aws-login is not installed": ["aws-login console ", []],
    "commands for help": ["aws-login help run", ["runas"]],
    "shells for completion": ["aws-login completion b", ["bash"]],
    "shells for shell-init": ["aws-login shell-init f", ["fish"]],
    "the other name of dumpcreds": ["aws-login cred", ["credential-process"]],
    "the options of AWS's helper": ["aws-login credential-process --with", ["--with-proxy"]],
    "no option of AWS's helper elsewhere": ["aws-login dumpcreds --with", []],
    "no option of AWS's helper before a command": ["aws-login --with", []],
    "the page of AWS's helper": ["aws-login help cred", ["credential-process"]],
  };
  for (const [sentence, [line, offers]] of Object.entries(CASES)) {
    test(`offers ${sentence}`, async () => {
      expect(await offered(line)).toEqual(offers);
    });
  }

  test("offers files for a token file", async () => {
    expect(await offered("aws-login importcache --accesstoken-cache /etc/passw")).toContain("/etc/passwd");
  });

  test("offers what fish knows of the program after the -- of runas", async () => {
    expect(await offered("aws-login runas -- aws-login completion p")).toContain("powershell");
  });
});
