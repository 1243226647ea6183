/** The released Windows executable under Wine, over mutated files and command lines. */
import { windowsScenario } from "../end-to-end/windows/support/windows-scene.ts";
import {
  cacheEntries,
  commandLines,
  configFiles,
  tokenFiles,
  writtenConfigFiles,
} from "./fuzz/file-trials.ts";
import { fuzzProgram, type ProgramInput, type ProgramTrial } from "./fuzz/program.ts";

/** Fewer than of this machine's executable, because Wine's programs start slowly. */
const inputs = 5;

/** Characters, of which quoting may double each: Windows starts no program with more than 32,766 in its command line. */
const longestLine = 15_000;

function fuzzOnWindows<Prepared>(trial: ProgramTrial<Prepared>): void {
  const make: typeof trial.make = (...given) => withinLine(trial.make(...given));
  fuzzProgram({ ...trial, inputs, make }, { title: "fuzz, Windows executable", scenario: windowsScenario });
}

/** The words as far as they fit. */
function withinLine(input: ProgramInput): ProgramInput {
  let left = longestLine;
  const args: string[] = [];
  for (const word of input.args) {
    if (left <= 0) break;
    args.push(word.slice(0, left));
    left -= word.length + 1;
  }
  return { ...input, args };
}

fuzzOnWindows(configFiles);
fuzzOnWindows(writtenConfigFiles);
fuzzOnWindows(tokenFiles);
fuzzOnWindows(cacheEntries);
fuzzOnWindows(commandLines);
