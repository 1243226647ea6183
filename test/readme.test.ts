import { describe, expect, test } from "bun:test";
import { COMMANDS } from "../src/cli/command-names.ts";
import { helpPage } from "../src/cli/help.ts";
import { OPTIONS } from "../src/cli/options.ts";
import { parse } from "../src/cli/parse.ts";
import { exitStatus } from "../src/cli/report.ts";
import { Failure, type FailureKind } from "../src/lib/errors.ts";
import { words } from "./cli/words.ts";
import { fakeBrowser } from "./end-to-end/support/browser.ts";
import { type Scene, scenario } from "./end-to-end/support/scene.ts";
import { until } from "./end-to-end/support/until.ts";
import {
  blocks,
  blocksIn,
  codeSpans,
  identitiesPage,
  readme,
  sourcesPage,
  tableRows,
} from "./readme/markdown.ts";
import { SOURCES, world } from "./readme/sources.ts";
import { played, script, steps } from "./readme/transcript.ts";
import type { StandIn } from "./stand-in/stand-in.ts";

/** What README.md says is what the program does. */

const config = blocksIn("ini").join("\n");
const signInSettings = { autoApprove: true };

/** How README.md calls the home directory. */
const HOME = "/home/ima";

scenario(
  "the transcripts of README.md show what the program prints",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    const browser = await fakeBrowser(scene);
    const written: string[] = [];
    const real: string[] = [];
    for (const { language, line, text } of blocks(readme)) {
      if (language !== "console") continue;
      const printed = await play(scene, text, browser.command);
      written.push(`line ${line}:\n${text}`);
      real.push(`line ${line}:\n${played(steps(text), printed)}`);
    }
    expect(real.join("\n")).toBe(written.join("\n"));
    await browser.shows("Signed in as ");
  },
  // The bash of macOS reads nothing from `source <(…)`.
  { world, signInSettings, only: "linux" },
);

/** All that the block's commands print. Who is shown a code approves it. */
async function play(scene: Scene, transcript: string, browser: string): Promise<string> {
  const { standIn } = scene;
  const byCode = transcript.includes("--use-device-code");
  standIn.signInSettings.autoApprove = !byCode;
  const running = scene.bash(script(steps(transcript)), { BROWSER: browser });
  const over = running.then(() => true);
  if (byCode) {
    await until(async () =>
      hasAsked(standIn) && approveAll(standIn) ? true : Promise.race([over, undefined]),
    );
  }
  return (await running).stdout.replaceAll(scene.home, HOME);
}

/** The first question for the token has been answered with "not yet": from then on the code is shown. */
function hasAsked({ requests }: StandIn): boolean {
  return requests.some(({ action, status }) => action === "CreateToken" && status === 400);
}

function approveAll(standIn: StandIn): boolean {
  return standIn.pendingDevices().some(standIn.approveDevice);
}

const transcript = "$ cat \\\n  file\none … three\nat 2026-03-02T10:15:40Z\n$ true\n$ echo end\nend\n";

describe("a transcript", () => {
  test("is split into commands and their output", () => {
    expect(steps(transcript).map(({ command, output }) => [command, ...output])).toEqual([
      ["cat \\\n  file", "one … three", "at 2026-03-02T10:15:40Z"],
      ["true"],
      ["echo end", "end"],
    ]);
  });

  test("is as it was written when only times and what is left out differ", () => {
    const printed = "one two three\nat 2031-01-01T00:00:00Z\n\x1e\x1eend\n\x1e";
    expect(played(steps(transcript), printed)).toBe(transcript);
  });

  test("shows each line that is another, missing or too many", () => {
    const printed = "one two\n\x1emore\n\x1eend.\n\x1e";
    expect(played(steps(transcript), printed)).toBe(
      "$ cat \\\n  file\none two\n$ true\nmore\n$ echo end\nend.\n",
    );
  });
});

describe("where credentials come from", () => {
  const rows = tableRows(sourcesPage, "Source");

  test("docs/sources.md names every source once", () => {
    expect(rows.map(([source]) => source)).toEqual(Object.keys(SOURCES));
  });

  for (const [source = "", , example = ""] of rows) {
    scenario(
      `${source}: ${example}`,
      async (scene) => {
        await scene.write("home/.aws/config", config);
        const { arn, prepare } = SOURCES[source] ?? {};
        const env = { ...(await prepare?.(scene)), BROWSER: (await fakeBrowser(scene)).command };
        const { status, stdout, stderr } = await scene.bash(example, env);
        expect({ status, stderr: stderr.replace(/^aws-login: opening a browser .*\n/, "") }).toEqual({
          status: 0,
          stderr: "",
        });
        expect(JSON.parse(stdout).Arn).toContain(arn);
      },
      { world, signInSettings },
    );
  }
});

const prose = readme + sourcesPage + identitiesPage;

/** Lines and spans of both pages that are about this program, and not another one's command line. */
const own = [
  ...codeSpans(prose).filter((span) => /^(--|.*\baws-login )/.test(span)),
  ...blocks(readme).flatMap(({ text }) => text.split("\n").filter((line) => !/^(npx|sha256sum) /.test(line))),
];

test("README.md names no option that there is not", () => {
  const known: string[] = [...OPTIONS.map(({ name }) => name), "--help", "--version"];
  const named = own.flatMap((text) => text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? []);
  expect(named.length).toBeGreaterThan(OPTIONS.length);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test("README.md shows command lines that can be typed", () => {
  const lines = codeSpans(prose).filter((span) => span.startsWith("aws-login ") && !span.includes("…"));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const args = words(line.replace(/ [|<] .*/, "")).slice(1);
    expect(COMMANDS).toContain(parse(args).command);
  }
});

for (const command of COMMANDS) {
  test(`README.md has a word on ${command}`, () => {
    expect(own.concat(codeSpans(prose)).join("\n")).toMatch(new RegExp(`(^|aws-login )${command}\\b`, "m"));
  });
}

test("README.md shows the program in its first 14 lines and has fewer than 1,600 words", () => {
  const [first] = blocks(readme);
  expect(first?.language).toBe("console");
  expect((first?.line ?? 0) + (first?.text.split("\n").length ?? 0)).toBeLessThanOrEqual(15);
  expect(readme.split(/\s+/).length).toBeLessThan(1600);
});

describe("the exit status", () => {
  const rows = tableRows(readme, "Status");
  const kinds: FailureKind[] = ["failed", "usage", "no-credentials", "sign-in-needed", "interrupted"];

  test("README.md has every status that the program has, and no other", () => {
    const statuses = [0, ...kinds.map((kind) => exitStatus(new Failure(kind, "made up")))];
    expect(rows.map(([status]) => Number(status))).toEqual(statuses);
  });

  test("README.md describes each option as the help does", () => {
    const told = helpPage("exit-status").replace(/\s+/g, " ");
    for (const [status, meaning = ""] of rows) {
      expect(told).toContain(`${status} ${meaning.replace(/, or the profile is missing or empty$/, "")}`);
    }
  });
});
