/**
 * `__complete SHELL …`: prints what the word at the cursor can become, a line each, for the scripts that `completion`
 * prints. It asks no server and no person, and writes nothing.
 */
import { beginningInAnyCase, beginningWith, NO_LINES, together } from "../lib/name-lines.ts";
import type { Environment } from "../system/types.ts";
import { askedFor } from "./asked-for.ts";
import { bashReplacements, readBashLine } from "./bash-line.ts";
import { powershellLines } from "./powershell-lines.ts";
import { type NowFiles, readNames } from "./read-names.ts";

/**
 * - `bash BREAKS LINE`: the variable COMP_WORDBREAKS, and the line up to the cursor, as it is typed. Each line printed is
 *   what bash puts in the place of the word's replaced part.
 * - `zsh WORD…` and `fish WORD…`: the words up to the one at the cursor, without quotes. Each line printed is
 *   `NAME \t ABOUT`; the shell quotes.
 * - `powershell .WORD…`: the same with a dot before each, because Windows PowerShell drops empty arguments. Each line
 *   printed is `WORD \t NAME \t ABOUT`, with the word in PowerShell's syntax.
 *
 * Nothing is printed for any other call. Throws a Failure for a file that cannot be read; the scripts show none.
 */
export async function complete(args: readonly string[], env: Environment, files: NowFiles): Promise<string> {
  const [shell, ...rest] = args;
  switch (shell) {
    case "bash":
      return bash(rest[0] ?? "", rest[1] ?? "", env, files);
    case "zsh":
    case "fish":
      return plain(rest, env, files);
    case "powershell":
      return powershell(
        rest.map((word) => word.slice(1)),
        env,
        files,
      );
    default:
      return "";
  }
}

async function bash(breaks: string, line: string, env: Environment, files: NowFiles): Promise<string> {
  const read = readBashLine(line, breaks);
  if (read === undefined) return "";
  const { words, last } = read;
  const { lead, lines } = await found([...words.slice(1), last.text], env, files);
  return bashReplacements(lead, lines.replace(/\t[^\n]*/g, ""), last);
}

async function plain(words: readonly string[], env: Environment, files: NowFiles): Promise<string> {
  return (await found(words, env, files)).lines;
}

async function powershell(words: readonly string[], env: Environment, files: NowFiles): Promise<string> {
  const { lead, lines } = await found(words, env, files);
  return powershellLines(lead, lines);
}

/**
 * Lines `NAME \t ABOUT` of what the last of the words can become: by its beginning as it is typed, and only where there is
 * none in any case, as target words match. `lead` is what stands before the name in the same word.
 */
async function found(
  words: readonly string[],
  env: Environment,
  files: NowFiles,
): Promise<{ readonly lead: string; readonly lines: string }> {
  const asked = askedFor(words.slice(0, -1), words.at(-1) ?? "");
  if (asked === undefined) return { lead: "", lines: "" };
  const { lead, prefix } = asked;
  const texts = await readNames(asked, env, files);
  const exact = texts.map((text) => beginningWith(prefix, text)).filter((text) => text !== NO_LINES);
  const meant = exact.length > 0 ? exact : texts.map((text) => beginningInAnyCase(prefix, text));
  return { lead, lines: together(meant) };
}
