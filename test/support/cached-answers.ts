/** The two ways to a cached answer over the same files in memory, so that tests can compare them. */
import { parse } from "../../src/cli/parse.ts";
import { dumpcredsWords } from "../../src/cli/signing-helper.ts";
import { cachedAnswer as generalAnswer } from "../../src/commands/cached-answer.ts";
import { homeOfEnvironment, ownFolderPath } from "../../src/config/paths.ts";
import { formatEntry } from "../../src/credentials/cache/entry.ts";
import { credentialKey } from "../../src/credentials/cache/key.ts";
import { entryPath } from "../../src/credentials/cache/read.ts";
import { cachedAnswer as fastAnswer, type MappedFiles } from "../../src/fast-path.ts";
import { Failure } from "../../src/lib/errors.ts";
import { neverWritten } from "../../src/lib/file-facts.ts";
import type { Environment } from "../../src/system/types.ts";
import { keptRole } from "./cached-credentials.ts";
import { noon } from "./fake-system.ts";
import { type MemoryFiles, memoryFiles } from "./memory-files.ts";

export interface Asked {
  readonly words: readonly string[];
  readonly env: Environment;
}

/** Files in memory as `Bun` shows them. A path in `pipes` is a pipe: mapping it is an error of the test. */
export function mapped({ files }: MemoryFiles, pipes: readonly string[] = []): MappedFiles {
  return {
    file: (path) => {
      const text = files.get(path);
      if (pipes.includes(path)) return { lastModified: noon, size: Number.POSITIVE_INFINITY };
      return { lastModified: text === undefined ? neverWritten : noon, size: text?.length ?? 0 };
    },
    mmap: (path) => {
      if (pipes.includes(path)) throw new Error(`${path} is a pipe`);
      const text = files.get(path);
      // The runtime maps no empty file.
      if (!text) throw new Error(`${path} does not exist`);
      return new TextEncoder().encode(text);
    },
  };
}

/** What the general way makes of it; undefined also where it refuses the command line. */
export function answerInGeneral({ words, env }: Asked, files: MemoryFiles, now = noon): string | undefined {
  return unlessRefused(() => {
    const options = optionsOf(words);
    return options && generalAnswer(options, env, { ...files, now: () => now });
  });
}

export function answerFast(
  { words, env }: Asked,
  files: MemoryFiles,
  { now = noon, pipes = [] }: { readonly now?: number; readonly pipes?: readonly string[] } = {},
): string | undefined {
  return fastAnswer(words, env, mapped(files, pipes), { now: () => now });
}

/**
 * Stores cached credentials for what is asked, with this answer, and resolves to the path; undefined where the command line
 * is refused or has no key.
 */
export function store({ words, env }: Asked, files: MemoryFiles, cached = keptRole()): string | undefined {
  return unlessRefused(() => {
    const options = optionsOf(words);
    const home = homeOfEnvironment(env);
    const folder = ownFolderPath(env, home);
    const key = options && credentialKey(options, env, home, files.fileFingerprint);
    if (key === undefined || folder === undefined) return undefined;
    const path = entryPath(folder, key.request);
    files.files.set(path, formatEntry(key, { cached, note: undefined }));
    return path;
  });
}

function optionsOf(words: readonly string[]) {
  const invocation = parse(words[0] === "credential-process" ? dumpcredsWords(words) : words);
  return "options" in invocation && invocation.command === "dumpcreds" ? invocation.options : undefined;
}

function unlessRefused(work: () => string | undefined): string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The config file of a home, and the credentials file. */
export function homeFiles(home = "/home/me"): MemoryFiles {
  return memoryFiles({ [`${home}/.aws/config`]: "[default]\n", [`${home}/.aws/credentials`]: "[dev]\n" });
}
