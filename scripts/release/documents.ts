/** What comes with every executable. */
import { join } from "node:path";
import { SHELLS, type Shell } from "../../src/cli/command-names.ts";
import { completionScript } from "../../src/cli/completion.ts";
import { root } from "../project/paths.ts";
import { type Entry, textEntry } from "./entry.ts";
import { manPage } from "./man-page.ts";
import { notice } from "./notice.ts";
import type { Source } from "./source.ts";

/** Named as each shell looks for it. */
const COMPLETIONS: Readonly<Record<Shell, string>> = {
  bash: "completions/aws-login.bash",
  zsh: "completions/_aws-login",
  fish: "completions/aws-login.fish",
  powershell: "completions/aws-login.ps1",
};

/** The licence, the texts, the man page and the completions, with paths as they are in an archive. */
export async function documents(source: Pick<Source, "version" | "time">): Promise<Entry[]> {
  const texts = [
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    // Where README.md leads to.
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/ci.md",
    "docs/compared-with-botocore.md",
    "docs/compared.md",
    "docs/identities.md",
    "docs/install.md",
    "docs/long-jobs.md",
    "docs/picker.svg",
    "docs/profiles.md",
    "docs/servers.md",
    "docs/shells.md",
    "docs/sign-in.md",
    "docs/sources.md",
    "docs/start-up.md",
    "docs/terminal.svg",
    "docs/trials.md",
    "docs/troubleshooting.md",
  ];
  return [
    ...(await Promise.all(
      texts.map(async (path) => ({ path, bytes: await Bun.file(join(root, path)).bytes() })),
    )),
    textEntry("NOTICE", notice()),
    textEntry("aws-login.1", manPage(source)),
    ...SHELLS.map((shell) => textEntry(COMPLETIONS[shell], completionScript(shell))),
  ];
}
