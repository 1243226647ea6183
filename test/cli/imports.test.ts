import { expect, test } from "bun:test";
import { dirname, join, relative } from "node:path";

const SOURCE = join(import.meta.dir, "../../src");

/** The files that loading these files of `src` loads, themselves included. */
async function loaded(...entries: string[]): Promise<string[]> {
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  const seen = new Set<string>();
  const open = entries.map((entry) => join(SOURCE, entry));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { path, kind } of transpiler.scanImports(await Bun.file(file).text())) {
      expect(path).toStartWith(".");
      if (kind === "import-statement") open.push(join(dirname(file), path));
    }
  }
  return [...seen].map((file) => relative(SOURCE, file)).toSorted();
}

test("parse() and reportLines() load nothing that a start does not need", async () => {
  expect(await loaded("cli/parse.ts", "cli/report.ts")).toEqual([
    "cli/command-names.ts",
    "cli/exclusive-options.ts",
    "cli/foreign-command.ts",
    "cli/operand-problem.ts",
    "cli/option-conflicts.ts",
    "cli/option-requirements.ts",
    "cli/option-values.ts",
    "cli/options.ts",
    "cli/overview.ts",
    "cli/parse.ts",
    "cli/read-option.ts",
    "cli/report.ts",
    "cli/unexpected-word.ts",
    "cli/usage-error.ts",
    "lib/errors.ts",
    "lib/printable.ts",
    "lib/suggest.ts",
  ]);
});

test("commandHelp() and completionScript() load only words", async () => {
  expect(await loaded("cli/help.ts", "cli/completion.ts")).toEqual([
    "cli/command-names.ts",
    "cli/command-option-help.ts",
    "cli/completion-bash.ts",
    "cli/completion-fish.ts",
    "cli/completion-options.ts",
    "cli/completion-powershell.ts",
    "cli/completion-zsh.ts",
    "cli/completion.ts",
    "cli/help-layout.ts",
    "cli/help.ts",
    "cli/helper-page.ts",
    "cli/name-options.ts",
    "cli/option-help.ts",
    "cli/options.ts",
    "cli/overview.ts",
    "cli/powershell-names.ts",
    "cli/region-names.ts",
    "cli/signing-helper-options.ts",
    "lib/optional.ts",
  ]);
});

test("helpText() loads nothing else", async () => {
  expect(await loaded("cli/overview.ts")).toEqual(["cli/overview.ts"]);
});
