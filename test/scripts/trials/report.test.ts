import { expect, test } from "bun:test";
import { readCounts } from "../../../scripts/trials/counts.ts";
import { reportText } from "../../../scripts/trials/report.ts";

const run = {
  trials: readCounts(
    '{"trial":"fuzz: a","counted":"inputs tried","count":2000}\n{"trial":"kills","counted":"kills survived","count":7}\n',
  ),
  seed: 42,
  scales: { inputs: 25, runs: 10, faults: 20, kills: 30, secrets: 4 },
  versions: ["0.1.0", "1.4.5"],
  platform: "linux x64",
  seconds: 61.4,
  skipped: [],
} as const;

test("reportText() has a row for each trial, the sums, and all it takes to run it again", () => {
  expect(reportText(run)).toBe(`# Trials

\`bun run trials\` writes this file; do not edit it. A run with a failure writes no report.

\`bun run check\` makes the same trials, but fewer of each and with a fixed seed.

- Inputs tried: files, responses, outputs and command lines with random changes. The program reads each correctly or
  refuses it soon and in plain words, without a secret and without half an output.
- Faults injected: failures of the network, of servers and of clocks. The program reports or overcomes each, and leaves no
  file half written.
- Kills survived: ends of the program at any moment. The next run finds the stored files whole and goes on.
- Places searched for secrets: outputs, files, arguments, environments and others that users or programs can see.

| | |
| --- | --- |
| program | aws-login 0.1.0, Bun 1.4.5, linux x64 |
| seed | 42 |
| scale | inputs 25, runs 10, faults 20, kills 30, secrets 4 times as many as \`bun run check\` |
| time | 61 seconds |

| trial | inputs tried | faults injected | kills survived | places searched for secrets | secrets found |
| --- | ---: | ---: | ---: | ---: | ---: |
| fuzz: a | 2,000 |  |  |  |  |
| kills |  |  | 7 |  |  |
| **all** | 2,000 |  | 7 |  |  |

The same run again:

    bun run trials -- --scale inputs=25,runs=10,faults=20,kills=30,secrets=4 --seed 42
`);
});

test("reportText() names the tests that were left out", () => {
  expect(reportText({ ...run, skipped: ["test/trials/x.test.ts: y"] })).toContain(
    "\nSkipped, because a program that they need is not installed:\n\n- test/trials/x.test.ts: y\n\n",
  );
});
