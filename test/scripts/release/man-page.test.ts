import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { manPage } from "../../../scripts/release/man-page.ts";
import { EXIT_STATUSES, VARIABLES } from "../../../scripts/release/man-texts.ts";
import { COMMANDS } from "../../../src/cli/command-names.ts";
import { helpPage } from "../../../src/cli/help.ts";
import { OPTIONS } from "../../../src/cli/options.ts";
import { isMissing } from "../../cli/shells.ts";
import { withFolder } from "../../release/support/folder.ts";
import { readSources } from "../../support/source-tree.ts";

/** 2026-01-02 */
const page = manPage({ version: "1.2.3", time: 1_767_323_045 });

describe("manPage()", () => {
  test("begins with its name, date and version", () => {
    expect(page).toStartWith('.TH AWS\\-LOGIN 1 2026-01-02 "aws\\-login 1.2.3" "User Commands"\n');
  });

  const terms = [...page.matchAll(/^\.TP\n(.*)/gm)].map(([, term = ""]) =>
    term
      .replace(/\\f[BIR]/g, "")
      .replaceAll("\\-", "-")
      .replaceAll("\\(ti", "~"),
  );

  test("has every command and every option", () => {
    const first = terms.map((term) => term.replace(/^-\w, /, "").replace(/ .*/, ""));
    for (const command of COMMANDS) expect(first).toContain(command);
    for (const { name } of OPTIONS) expect(first.filter((term) => term === name)).toHaveLength(1);
    expect(first).toContain("--version");
    expect(first).toContain("--help");
  });

  test("has every exit status of the help", () => {
    const named = [...helpPage("exit-status").matchAll(/^ {2}(\d+) +\w/gm)].map(([, status]) => status);
    expect(named).toEqual(Object.keys(EXIT_STATUSES));
    for (const status of Object.keys(EXIT_STATUSES)) expect(terms).toContain(status);
  });

  test("has every variable that the program reads", async () => {
    const read = (await readSources("src")).flatMap(
      ({ code }) => code.match(/\bAWS_[A-Z0-9_]*[A-Z0-9]\b/g) ?? [],
    );
    const told =
      Object.entries(VARIABLES)
        .join(" ")
        .match(/\bAWS_[A-Z0-9_]*[A-Z0-9]\b/g) ?? [];
    expect([...new Set(read)].filter((name) => !OF_OTHERS.includes(name)).toSorted()).toEqual(
      [...new Set(told)].toSorted(),
    );
  });
});

/** Only withheld from programs that are started, or set by the program for itself. */
const OF_OTHERS = [
  ...["AWS_BEARER_TOKEN_BEDROCK", "AWS_CREDENTIAL_SCOPE", "AWS_LOGIN_PROFILE_CHAIN"],
  ...["AWS_ACCESS_KEY", "AWS_SECRET_KEY"],
];

const checkers: Readonly<Record<string, readonly string[]>> = {
  mandoc: ["-T", "lint", "-W", "warning"],
  groff: ["-man", "-Tutf8", "-ww", "-z"],
};
for (const [name, options] of Object.entries(checkers)) {
  test.skipIf(isMissing(name))(`${name} finds nothing wrong with the man page (needs ${name})`, async () => {
    await withFolder(async (folder) => {
      const file = join(folder, "aws-login.1");
      await Bun.write(file, page);
      const { stdout, stderr, exitCode } = Bun.spawnSync([name, ...options, file]);
      expect([exitCode, `${stdout}`, `${stderr}`]).toEqual([0, "", ""]);
    });
  });
}

test.skipIf(isMissing("mandoc"))("the man page shows options as they are typed (needs mandoc)", async () => {
  const { stdout } = Bun.spawnSync(["mandoc", "-T", "ascii", "-O", "width=120"], {
    stdin: Buffer.from(page),
  });
  // It makes bold and underlined letters as a typewriter does.
  const shown = `${stdout}`.replace(/.[\b]/g, "");
  expect(shown).toContain("aws-login runas dev reader --region eu-west-1 -- aws s3 ls\n");
  expect(shown).toContain("source <(aws-login dumpcreds --profile dev)\n");
  expect(shown).toContain("    -c, --command STRING\n");
  expect(shown).toContain("~/.aws/config, ~/.aws/credentials\n");
});
