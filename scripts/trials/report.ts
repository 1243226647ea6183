/** The report of a run of all trials, as Markdown. Pure. */
import { allCounts, COUNTED, inWords, type Sums } from "./counts.ts";

export interface TrialRun {
  readonly trials: ReadonlyMap<string, Sums>;
  readonly seed: number;
  readonly scale: number;
  /** Of the program, of Bun. */
  readonly versions: readonly [program: string, bun: string];
  /** "linux x64". */
  readonly platform: string;
  readonly seconds: number;
  /** Names of tests that were left out, for want of a program that they need. */
  readonly skipped: readonly string[];
}

export function reportText(run: TrialRun): string {
  const { trials, seed, scale, versions, platform, seconds, skipped } = run;
  const rows = [...trials].map(([name, sums]) => row(name, sums));
  return `${[
    "# Trials",
    "",
    "Made by `bun run trials`: do not edit, run it again. A run in which anything fails writes no report.",
    "",
    "`bun run check` makes the same trials, fewer of each and with a seed that never changes.",
    "",
    "- Inputs tried: files, answers, outputs and command lines that were changed by chance. Each is read for what it is, or",
    "  refused in plain words: soon, without a secret, without half an output.",
    "- Faults injected: trouble of the network, of servers and of clocks. Each is told or overcome, and leaves nothing half",
    "  done.",
    "- Kills survived: ends of the program at any moment. The next run finds the stored files whole and goes on.",
    "- Places searched for secrets: outputs, files, arguments, environments and others that people or programs can see.",
    "",
    "| | |",
    "| --- | --- |",
    `| program | aws-login ${versions[0]}, Bun ${versions[1]}, ${platform} |`,
    `| seed | ${seed} |`,
    `| scale | ${scale} times what \`bun run check\` makes |`,
    `| time | ${inWords(Math.round(seconds))} seconds |`,
    "",
    `| trial | ${COUNTED.join(" | ")} |`,
    `| --- |${" ---: |".repeat(COUNTED.length)}`,
    ...rows,
    row("**all**", allCounts(trials)),
    "",
    ...(skipped.length === 0 ? [] : ["Left out, because a program that they need was not there:", ""]),
    ...skipped.map((name) => `- ${name}`),
    ...(skipped.length === 0 ? [] : [""]),
    "The same run again:",
    "",
    `    bun run trials -- --scale ${scale} --seed ${seed}`,
  ].join("\n")}\n`;
}

function row(name: string, sums: Sums): string {
  return `| ${name} | ${COUNTED.map((counted) => inWords(sums.get(counted))).join(" | ")} |`;
}
