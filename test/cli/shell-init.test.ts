import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SHELLS } from "../../src/cli/command-names.ts";
import { shellInit } from "../../src/cli/shell-init.ts";
import { isMissing } from "./shells.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-shell-init-"));
  const program = join(folder, "aws-login");
  // Says what it was given on stderr, and prints what the form asks for.
  await writeFile(program, PROGRAM);
  await chmod(program, 0o755);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const PROGRAM = `#!/bin/sh
printf '<%s>' "$@" >&2
echo >&2
case " $* " in
  *' --help '*) echo 'the help; $(echo must not run)'; exit 0 ;;
  *' fails '*) exit 4 ;;
esac
for form; do :; done
case "$form $*" in
  *--clear*linux) echo 'unset AWS_ACCESS_KEY_ID;'; exit 0 ;;
  *--clear*fish) echo 'set -e AWS_ACCESS_KEY_ID; or true;'; exit 0 ;;
  linux*) echo "unset AWS_SESSION_TOKEN;"; echo "export AWS_ACCESS_KEY_ID='two  blanks'"; echo '# a comment' ;;
  fish*) echo 'set -e AWS_SESSION_TOKEN; or true;'; echo "set -gx AWS_ACCESS_KEY_ID 'two  blanks';"; echo '# a comment' ;;
esac
`;

const ARGV: Record<string, readonly string[]> = {
  bash: ["bash", "--noprofile", "--norc", "-c"],
  zsh: ["zsh", "-fc"],
  fish: ["fish", "--no-config", "-c"],
};

/** What the script prints to stdout and stderr, with stale variables of another identity around it. */
async function played(shell: "bash" | "zsh" | "fish", script: string) {
  const child = Bun.spawn([...(ARGV[shell] ?? []), `${shellInit(shell)}${script}`], {
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      HOME: folder,
      AWS_PROFILE: "stale",
      AWS_DEFAULT_PROFILE: "stale",
      AWS_SESSION_TOKEN: "stale",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  await child.exited;
  return { stdout, stderr };
}

const LOOK = "env | grep -a ^AWS_ | sort";

for (const shell of ["bash", "zsh", "fish"] as const) {
  const form = shell === "fish" ? "fish" : "linux";
  const status = shell === "fish" ? "$status" : "$?";
  describe.skipIf(isMissing(shell))(`shellInit("${shell}") (needs ${shell})`, () => {
    test("hands its words on as they are, and takes over the credentials", async () => {
      expect(await played(shell, `aws-use prod 'two words' ''; echo ${status}; ${LOOK}`)).toEqual({
        stdout: "0\nAWS_ACCESS_KEY_ID=two  blanks\n",
        stderr: `<dumpcreds><prod><two words><><--outform><${form}>\n`,
      });
    });

    test("takes the identity out of the shell", async () => {
      const { stdout } = await played(shell, `aws-use 2>/dev/null; aws-use --clear; ${LOOK}`);
      expect(stdout).toBe("");
    });

    test("changes nothing when the program fails, and has its status", async () => {
      const { stdout } = await played(shell, `aws-use fails; echo ${status}; ${LOOK}`);
      expect(stdout).toBe("4\nAWS_DEFAULT_PROFILE=stale\nAWS_PROFILE=stale\nAWS_SESSION_TOKEN=stale\n");
    });

    test("prints the help, and does not run it", async () => {
      const { stdout } = await played(shell, `aws-use --help; ${LOOK}`);
      expect(stdout).toStartWith("the help; $(echo must not run)\nAWS_DEFAULT_PROFILE=stale\n");
    });

    test("leaves no other name behind and may run twice", async () => {
      const script = `${shellInit(shell)}aws-use 2>/dev/null; set | grep -a aws_login_ | grep -v local`;
      const { stdout, stderr } = await played(shell, shell === "fish" ? "set --names | grep lines" : script);
      expect({
        stdout: stdout.replace(/^.*(?:for|case|eval|command|aws_login_lines=\$).*$/gm, "").trim(),
        stderr,
      }).toEqual({
        stdout: "",
        stderr: "",
      });
    });
  });
}

describe.skipIf(isMissing("bash"))("shellInit() under options of the shell (needs bash)", () => {
  test("works with set -eu", async () => {
    const { stdout } = await played("bash", `set -eu; aws-use; ${LOOK}`);
    expect(stdout).toBe("AWS_ACCESS_KEY_ID=two  blanks\n");
  });
});

const noPwsh = isMissing("pwsh") ? ": pwsh is not installed" : "";
test.skipIf(noPwsh !== "")(`shellInit("powershell") defines aws-use${noPwsh}`, async () => {
  const script = `${shellInit("powershell")}(Get-Command aws-use).CommandType`;
  const child = Bun.spawn(["pwsh", "-NoProfile", "-Command", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  expect((await child.stdout.text()).trim()).toBe("Function");
});

test("shellInit() has one function in every shell", () => {
  for (const shell of SHELLS) expect(shellInit(shell).match(/^(?:function )?aws-use\b/gm)).toHaveLength(1);
});

test("shellInit() completes aws-use in every shell, in PowerShell with every bracket closed", () => {
  expect(shellInit("bash")).toContain("complete -F _aws_use aws-use\n");
  expect(shellInit("zsh")).toContain("compdef _aws-use aws-use\n");
  expect(shellInit("fish")).toContain("complete -c aws-use -f -a '(__aws_use_complete)'\n");
  const script = shellInit("powershell");
  expect(script).toContain("Register-ArgumentCompleter -Native -CommandName 'aws-use'");
  for (const [open = "", close = ""] of ["()", "{}", "[]"].map((pair) => pair.split("")))
    expect(script.split(open).length).toBe(script.split(close).length);
  expect((script.match(/'/g) ?? []).length % 2).toBe(0);
});
