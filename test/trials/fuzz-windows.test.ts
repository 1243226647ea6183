/** The released Windows executable under Wine, over mutated files and command lines. */
import { windowsScenario } from "../end-to-end/windows/support/windows-scene.ts";
import {
  cacheEntries,
  commandLines,
  configFiles,
  tokenFiles,
  writtenConfigFiles,
} from "./fuzz/file-trials.ts";
import { fuzzProgram, type ProgramTrial } from "./fuzz/program.ts";

/** Fewer than of this machine's executable, because Wine's programs start slowly. */
const inputs = 5;

function fuzzOnWindows<Prepared>(trial: ProgramTrial<Prepared>): void {
  fuzzProgram({ ...trial, inputs }, { title: "fuzz, Windows executable", scenario: windowsScenario });
}

fuzzOnWindows(configFiles);
fuzzOnWindows(writtenConfigFiles);
fuzzOnWindows(tokenFiles);
fuzzOnWindows(cacheEntries);
fuzzOnWindows(commandLines);
