import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatClearing, formatCredentials } from "../../src/format/credentials.ts";
import type { Credentials } from "../../src/lib/credentials.ts";
import type { Outform } from "../../src/lib/option-choices.ts";

/** What a shell does with `$1`, the file that holds the text of `dumpcreds`, before it shows its environment. */
const consumers: Record<
  string,
  { argv: string[]; outform: Outform; controls: boolean; joins?: boolean; keepsOthers?: boolean }
> = {
  "bash by eval $(…) without quotes": {
    argv: ["bash", "-c", 'eval $(cat "$1"); env -0', "bash"],
    outform: "linux",
    controls: false,
    joins: true,
  },
  "dash by eval $(…) without quotes": {
    argv: ["dash", "-c", 'set -eu; eval $(cat "$1"); env -0', "dash"],
    outform: "linux",
    controls: false,
    joins: true,
  },
  "zsh by eval $(…) without quotes": {
    argv: ["zsh", "-fc", 'eval $(cat "$1"); env -0', "zsh"],
    outform: "mac",
    controls: false,
    joins: true,
  },
  "fish by eval (…)": {
    argv: ["fish", "--no-config", "-c", "eval (cat $argv[1]); and env -0"],
    outform: "fish",
    controls: false,
    joins: true,
  },
  'bash by eval "$(…)"': {
    argv: ["bash", "-c", 'eval "$(cat "$1")"; env -0', "bash"],
    outform: "linux",
    controls: true,
  },
  "bash by source <(…)": {
    argv: ["bash", "-c", 'source <(cat "$1"); env -0', "bash"],
    outform: "linux",
    controls: true,
  },
  "bash reading an env file": {
    argv: ["bash", "-c", 'set -a; source "$1"; env -0', "bash"],
    outform: "env",
    controls: false,
    keepsOthers: true,
  },
  'dash by eval "$(…)"': {
    argv: ["dash", "-c", 'eval "$(cat "$1")"; env -0', "dash"],
    outform: "linux",
    controls: true,
  },
  'zsh by eval "$(…)"': {
    argv: ["zsh", "-fc", 'eval "$(cat "$1")"; env -0', "zsh"],
    outform: "mac",
    controls: true,
  },
  "zsh by source <(…)": {
    argv: ["zsh", "-fc", 'source <(cat "$1"); env -0', "zsh"],
    outform: "mac",
    controls: true,
  },
  "zsh with options that change quoting": {
    argv: ["zsh", "-fc", 'setopt rcquotes extendedglob magicequalsubst; source "$1"; env -0', "zsh"],
    outform: "mac",
    controls: true,
  },
  "fish by … | source": {
    argv: ["fish", "--no-config", "-c", "cat $argv[1] | source; and env -0"],
    outform: "fish",
    controls: true,
  },
  "pwsh by … | Invoke-Expression": {
    argv: ["pwsh", "-NoProfile", "-Command", "& { param($f) Get-Content $f | Invoke-Expression; env -0 }"],
    outform: "powershell",
    controls: false,
  },
};

const values: Record<string, string> = {
  "a base64 value": "FwoGZXIvYXdzEBYaDEXAMPLE+/abc==",
  blanks: "  two  words ",
  "a command substitution": "$(echo no) `echo no` $HOME $(HOME)",
  quotes: `'"'' ""'`,
  "one single quote": "'",
  "typographic quotes": "\u2018a\u2019b\u201ac\u201bd\u201ce\u201d",
  backslashes: "\\a\\\\b\\'c\\n\\",
  "a bang and a caret": "wow!!^a^b!$",
  "a tilde": "~/x:~root",
  patterns: "*?[a-z]{1,2}(a|b)#x",
  operators: "a;b&c|d<e>f#g %h",
  "a leading hyphen": "-x --help",
  "only an option": "-gx",
  "a leading equals sign": "=ls",
  "an equals sign after a colon": "a:=ls:~",
  "letters beyond ASCII": "grün 鍵 🔑",
  nothing: "",
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aws-login-quoting-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Variables of the identity that the shell had before. */
const STALE = {
  AWS_SESSION_TOKEN: "stale",
  AWS_SECURITY_TOKEN: "stale",
  AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z",
  AWS_ACCOUNT_ID: "999999999999",
  AWS_REGION: "sa-east-1",
};

/** The `AWS_…` variables that a consumer ends up with, when it starts with stale ones. */
async function consume(argv: readonly string[], text: string): Promise<Record<string, string>> {
  const file = join(folder, `${Bun.randomUUIDv7()}.txt`);
  await writeFile(file, text);
  const child = Bun.spawn([...argv, file], {
    env: { PATH: process.env.PATH, HOME: folder, LC_ALL: "C.UTF-8", ...STALE },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = await child.stdout.text();
  expect(await child.exited).toBe(0);
  const entries = output.split("\0").map((entry) => /^(AWS_[A-Z_]+)=(.*)$/s.exec(entry));
  return Object.fromEntries(entries.flatMap((match) => (match ? [[match[1] ?? "", match[2] ?? ""]] : [])));
}

/** Blanks and patterns in a value do not survive `eval $(…)` without quotes; keys and tokens hold neither. */
const JOINABLE = ["a base64 value", "one single quote", "a leading hyphen"];

for (const [consumer, { argv, outform, controls, joins, keepsOthers }] of Object.entries(consumers)) {
  const shell = argv[0] ?? "";
  if (Bun.which(shell) === null) {
    test.skip(`formatCredentials() for ${consumer}: ${shell} is not installed`, () => {});
    continue;
  }
  const all = controls ? { ...values, "control characters": "a\nb\r\n\nc\t\x1b[1m\n" } : values;
  const comment = joins ? "last" : "first";

  describe(consumer, () => {
    for (const [name, value] of Object.entries(all)) {
      if (joins && !JOINABLE.includes(name)) continue;
      test(`formatCredentials() gives ${name} to ${consumer} byte for byte`, async () => {
        const credentials: Credentials = {
          accessKeyId: "ASIAEXAMPLE",
          secretAccessKey: value,
          sessionToken: `${value}x`,
        };
        const seen = await consume(argv, formatCredentials(credentials, { outform, comment }));
        expect(seen.AWS_ACCESS_KEY_ID).toBe("ASIAEXAMPLE");
        // Some versions of PowerShell take an empty variable for none.
        expect(seen.AWS_SECRET_ACCESS_KEY ?? "").toBe(value);
        expect(seen.AWS_SESSION_TOKEN).toBe(`${value}x`);
      });
    }
    test(`formatCredentials() without a token leaves ${consumer} no token and nothing of an older identity`, async () => {
      const credentials: Credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "made-up" };
      for (const comment of joins ? (["last"] as const) : (["first", "last"] as const)) {
        const { AWS_SESSION_TOKEN: token = "", ...others } = await consume(
          argv,
          formatCredentials(credentials, { outform, comment }),
        );
        expect(token).toBe("");
        const { AWS_SESSION_TOKEN: _, AWS_REGION, ...stale } = STALE;
        expect(others).toEqual({
          ...(keepsOthers ? stale : {}),
          AWS_REGION,
          AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
          AWS_SECRET_ACCESS_KEY: "made-up",
        });
      }
    });
    test(`formatClearing() leaves ${consumer} no variable of an identity`, async () => {
      const seen = Object.entries(await consume(argv, formatClearing(outform)));
      expect(seen.filter(([, value]) => value !== "")).toEqual([]);
      if (outform !== "env") expect(seen).toEqual([]);
    });
    test(`formatCredentials() gives ${consumer} the end of the credentials and the region`, async () => {
      const credentials: Credentials = {
        accessKeyId: "ASIAEXAMPLE",
        secretAccessKey: "made-up",
        sessionToken: "token",
        expiration: Date.UTC(2031, 0, 2, 3, 4, 5),
        accountId: "111111111111",
      };
      const seen = await consume(
        argv,
        formatCredentials(credentials, { outform, comment, region: "eu-west-1" }),
      );
      const { AWS_SECURITY_TOKEN, AWS_ACCOUNT_ID } = STALE;
      expect(seen).toEqual({
        ...(keepsOthers ? { AWS_SECURITY_TOKEN, AWS_ACCOUNT_ID } : {}),
        AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "made-up",
        AWS_SESSION_TOKEN: "token",
        AWS_CREDENTIAL_EXPIRATION: "2031-01-02T03:04:05Z",
        AWS_REGION: "eu-west-1",
      });
    });
  });
}
