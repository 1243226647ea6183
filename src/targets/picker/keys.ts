/** What a terminal sends for a key. Pure. */

/** A key that the picker knows. `text` is what was typed or pasted, without control characters. */
export type Key =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind:
        | "up"
        | "down"
        | "page-up"
        | "page-down"
        | "first"
        | "last"
        | "erase"
        | "erase-word"
        | "erase-all"
        | "take"
        | "leave"
        | "interrupt";
    };

const CONTROLS: Readonly<Record<string, Key["kind"]>> = {
  "\r": "take",
  "\n": "take",
  "\x03": "interrupt",
  "\x04": "leave",
  "\x07": "leave",
  "\x08": "erase",
  "\x7f": "erase",
  "\x0e": "down",
  "\x10": "up",
  "\x15": "erase-all",
  "\x17": "erase-word",
};

/** The ends of the sequences that VT terminals, rxvt and the Linux console send, in normal and in application mode. */
const SEQUENCES: Readonly<Record<string, Key["kind"]>> = {
  A: "up",
  B: "down",
  H: "first",
  F: "last",
  "1~": "first",
  "7~": "first",
  "4~": "last",
  "8~": "last",
  "5~": "page-up",
  "6~": "page-down",
};

/** What follows `ESC` in a sequence: `[` or `O`, with parameters and one final character; `[[` on the Linux console. */
const SEQUENCE = /^(?:\[\[?[0-?]*[ -/]*[@-~]|O[ -~])/;
/** The beginning of such a sequence, whose rest is still on its way. */
const BEGINNING = /^(?:\[\[?[0-?]*[ -/]*|O)?$/;

/** What a terminal puts before and after a text that is pasted, where it is asked to. */
const PASTE_BEGIN = "[200~";
const PASTE_END = "\x1b[201~";

/** Where in what a terminal sends a piece of it begins. */
export type Within = "keys" | "paste";

export interface KeysRead {
  readonly keys: readonly Key[];
  /** What may be the beginning of a sequence, and goes before the next piece. */
  readonly rest: string;
  /** Where the next piece begins. */
  readonly within: Within;
}

/**
 * The keys in what a terminal sent. Where nothing follows soon, a lone `ESC` in the rest is the Esc key: `restKeys()`. So
 * are two, of a person who presses it twice. A sequence of a key that the picker does not know is nothing, so that none of
 * it is taken for text. A line end in a pasted text is a blank: a person who copies a name with it has not chosen.
 */
export function readKeys(input: string, begin: Within = "keys"): KeysRead {
  const keys: Key[] = [];
  let within = begin;
  let at = 0;
  while (at < input.length) {
    const left = input.slice(at);
    if (within === "paste") {
      const { text, length, isOver } = pasted(left);
      if (text !== "") keys.push({ kind: "text", text });
      if (left.slice(0, length).includes("\x03")) addKind(keys, "interrupt");
      if (!isOver) return { keys, rest: left.slice(length), within };
      within = "keys";
      at += length;
      continue;
    }
    if (left.startsWith("\x1b")) {
      // rxvt sends a second one before the sequence of a key with Alt.
      const escapes = left.startsWith("\x1b\x1b") ? 2 : 1;
      const after = left.slice(escapes);
      if (BEGINNING.test(after)) return { keys, rest: left, within };
      const sequence = SEQUENCE.exec(after)?.[0];
      const kind = sequence && SEQUENCES[sequence.slice(1).replace(/^1?;\d+(?=[A-Z]$)/, "")];
      if (kind) addKind(keys, kind);
      if (sequence === PASTE_BEGIN) within = "paste";
      at += escapes;
      if (sequence !== undefined) at += sequence.length;
      else if (escapes === 2) addKind(keys, "leave");
      // Esc and a character at once, as terminals send a key with Alt: neither.
      else at += String.fromCodePoint(after.codePointAt(0) ?? 0).length;
      continue;
    }
    const kind = CONTROLS[left[0] ?? ""];
    const [text = ""] = /^[^\p{Cc}]+/u.exec(left) ?? [];
    if (kind !== undefined) addKind(keys, kind);
    else if (text !== "") keys.push({ kind: "text", text });
    at += Math.max(text.length, 1);
  }
  return { keys, rest: "", within };
}

/** The pasted text at the beginning, on one line; `length` is what it takes of the input, its end included. */
function pasted(left: string): { readonly text: string; readonly length: number; readonly isOver: boolean } {
  const end = left.indexOf(PASTE_END);
  const lastEscape = left.lastIndexOf("\x1b");
  // The end may be on its way.
  const isCut = end < 0 && lastEscape >= 0 && PASTE_END.startsWith(left.slice(lastEscape));
  const length = end >= 0 ? end : isCut ? lastEscape : left.length;
  const text = left.slice(0, length).replace(/\p{Cc}+/gu, " ");
  return { text, length: end >= 0 ? end + PASTE_END.length : length, isOver: end >= 0 };
}

/** What the rest means once nothing has followed it. */
export function restKeys(rest: string): readonly Key[] {
  return rest === "\x1b" || rest === "\x1b\x1b" ? [{ kind: "leave" }] : [];
}

function addKind(keys: Key[], kind: Key["kind"]): void {
  if (kind !== "text") keys.push({ kind });
}
