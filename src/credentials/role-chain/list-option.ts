/** The text of an option that holds a list: the value itself, or the file that `file://PATH` names. */
import { expandPath, homeDirectory } from "../../config/paths.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { type Fields, isTooDeep } from "../../lib/json-object.ts";
import { nearest } from "../../lib/suggest.ts";
import type { System } from "../../system/types.ts";

export interface ListText {
  readonly text: string;
  /** The option or the file, for messages. */
  readonly source: string;
}

/** Throws a Failure that names the file when it cannot be read. */
export async function readListText(
  value: string,
  option: string,
  system: Pick<System, "readText" | "env" | "home">,
): Promise<ListText> {
  if (!value.startsWith("file://")) return { text: value, source: option };
  const path = expandPath(value.slice("file://".length), system.env, await homeDirectory(system));
  let text: string | undefined;
  try {
    text = await system.readText(path);
  } catch (error) {
    const why = reasonOf(error);
    throw unread(path, option, why, `name a file that you may read: ${option} file://PATH`, error);
  }
  if (text === undefined) {
    const hint =
      "after file:// comes a path: relative to the working directory, or one that begins with / or ~";
    throw unread(path, option, "there is no such file", hint);
  }
  return { text, source: path };
}

function unread(path: string, option: string, why: string, hint: string, cause?: unknown): Failure {
  return new Failure("failed", `cannot read ${path} (${option}): ${why}`, { hints: [hint], cause });
}

/** The elements of a JSON list; anything else is a list of one. `example` is what a list looks like, for the hint. */
export function parseJsonElements({ text, source }: ListText, example: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    // The parser quotes words of the text, which may be a secret when the wrong file is named.
    const why =
      error instanceof Error ? error.message.replace(/^JSON Parse error: |\s*".*$/gs, "") : String(error);
    const hints = [`a JSON list looks like '${example}'`];
    if (source.startsWith("--")) {
      hints.push(`where the shell removes the quotes, write the list into a file: ${source} file://PATH`);
    }
    throw new Failure("usage", `cannot read ${source} as JSON: ${why}`, { hints });
  }
  if (isTooDeep(parsed)) {
    throw new Failure("usage", `cannot use ${source}: its JSON is nested too deep`, {
      hints: [`a JSON list looks like '${example}'`],
    });
  }
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** Refuses unknown members: a misspelt one would be ignored without a word. `where` names the element in messages. */
export function refuseUnknownMembers(element: Fields, members: readonly string[], where: string): void {
  for (const name of Object.keys(element)) {
    if (members.includes(name)) continue;
    const meant = nearest(name, members);
    const hint = meant === undefined ? `the members are ${members.join(", ")}` : `did you mean ${meant}?`;
    throw refusedElement(where, `it has an unknown member ${name}`, hint);
  }
}

/** The Failure for an element of a list that cannot be used. */
export function refusedElement(where: string, why: string, ...hints: readonly string[]): Failure {
  return new Failure("usage", `cannot use ${where}: ${why}`, { hints });
}
