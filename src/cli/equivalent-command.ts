/** The command line that does without asking what a person chose. Pure. */
import { shellWord } from "../lib/quoting.ts";
import { findOption, type OptionSpec } from "./options.ts";

/**
 * `argv` without the target words and with the options in their place, quoted for a POSIX shell. A secret is not
 * repeated. `optionWords` are names and values in turn, or a flag.
 */
export function equivalentCommand(
  argv: readonly string[],
  targets: readonly string[],
  optionWords: readonly string[],
): string {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const kept: string[] = [];
  const left = [...targets];
  let isCommandThere = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [name = ""] = word.split("=", 1);
    const spec = word.startsWith("-") ? findOption(name) : undefined;
    if (spec === undefined && !isCommandThere) {
      kept.push(word, ...optionWords);
      isCommandThere = true;
    } else if (spec === undefined && left[0] === word) {
      left.shift();
    } else {
      const width = spec !== undefined && spec.kind !== "flag" && !word.includes("=") ? 2 : 1;
      if (spec === undefined || !optionWords.includes(spec.name))
        kept.push(...shown(words.slice(at, at + width), spec));
      at += width - 1;
    }
  }
  return ["aws-login", ...kept, ...(end < 0 ? [] : argv.slice(end))].map(shellWord).join(" ");
}

function shown(words: readonly string[], spec: OptionSpec | undefined): readonly string[] {
  return spec?.kind === "text" && spec.secret === true ? [spec.name, "…"] : words;
}
