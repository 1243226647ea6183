/** The report of a run of all trials, as Markdown. Pure. */
import { allCounts, COUNTED, inWords, type Sums } from "./counts.ts";
import { formatScales, KINDS, type Scales } from "./scales.ts";

export interface TrialRun {
  readonly trials: ReadonlyMap<string, Sums>;
  readonly seed: number;
  readonly scales: Scales;
  /** The versions of the program and of Bun. */
  readonly versions: readonly [program: string, bun: string];
  /** "linux x64". */
  readonly platform: string;
  readonly seconds: number;
  /** Names of skipped tests: a program that they need is not installed. */
  readonly skipped: readonly string[];
}

export function reportText(run: TrialRun): string {
  const { trials, seed, scales, versions, platform, seconds, skipped } = run;
  const rows = [...trials].map(([name, sums]) => row(name, sums));
  return `${[
    "# Trials",
    "",
    "`bun run trials` writes this file; do not edit it. A run with a failure writes no report.",
    "",
    "`bun run check` makes the same trials, but fewer of each and with a fixed seed.",
    "",
    "- Inputs tried: files, responses, outputs and command lines with random changes. The program reads each correctly or",
    "  refuses it soon and in plain words, without a secret and without half an output.",
    "- Faults injected: failures of the network, of servers and of clocks. The program reports or overcomes each, and leaves no",
    "  file half written.",
    "- Kills survived: ends of the program at any moment. The next run finds the stored files whole and goes on.",
    "- Places searched for secrets: outputs, files, arguments, environments and others that users or programs can see.",
    "",
    "| | |",
    "| --- | --- |",
    `| program | aws-login ${versions[0]}, Bun ${versions[1]}, ${platform} |`,
    `| seed | ${seed} |`,
    `| scale | ${KINDS.map((kind) => `${kind} ${scales[kind]}`).join(", ")} times as many as \`bun run check\` |`,
    `| time | ${inWords(Math.round(seconds))} seconds |`,
    "",
    `| trial | ${COUNTED.join(" | ")} |`,
    `| --- |${" ---: |".repeat(COUNTED.length)}`,
    ...rows,
    row("**all**", allCounts(trials)),
    "",
    ...(skipped.length === 0 ? [] : ["Skipped, because a program that they need is not installed:", ""]),
    ...skipped.map((name) => `- ${name}`),
    ...(skipped.length === 0 ? [] : [""]),
    "The same run again:",
    "",
    `    bun run trials -- --scale ${formatScales(scales)} --seed ${seed}`,
  ].join("\n")}\n`;
}

function row(name: string, sums: Sums): string {
  return `| ${name} | ${COUNTED.map((counted) => inWords(sums.get(counted))).join(" | ")} |`;
}
