/** The executable over mutated files and command lines. */
import {
  cacheEntries,
  commandLines,
  configFiles,
  processOutputs,
  tokenFiles,
  writtenConfigFiles,
} from "./fuzz/file-trials.ts";
import { fuzzProgram } from "./fuzz/program.ts";

fuzzProgram(configFiles);
fuzzProgram(writtenConfigFiles);
fuzzProgram(tokenFiles);
fuzzProgram(cacheEntries);
fuzzProgram(commandLines);
fuzzProgram(processOutputs);
