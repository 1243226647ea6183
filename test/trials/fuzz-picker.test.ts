/** The picker: what a terminal sends, in any pieces, over lists of any names, on screens of any size. */
import { isDeepStrictEqual } from "node:util";
import { compareCodePoints } from "../../src/lib/code-point-order.ts";
import { formatListing, listingParts } from "../../src/sso/listing-file.ts";
import type { Screen, ScreenEvent } from "../../src/system/types.ts";
import type { Candidate } from "../../src/targets/candidate.ts";
import { type CandidateList, candidatesAt, indexOfKey } from "../../src/targets/candidate-list.ts";
import { listedRoles } from "../../src/targets/listed-roles.ts";
import { containing } from "../../src/targets/match-words.ts";
import { mergeCandidates } from "../../src/targets/merge-candidates.ts";
import { type KeysRead, readKeys, type Within } from "../../src/targets/picker/keys.ts";
import { runPicker } from "../../src/targets/picker/run-picker.ts";
import {
  openPicker,
  type PickerState,
  press,
  shownCount,
  shownIndex,
  withEntries,
} from "../../src/targets/picker/state.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { below, type Chance, mutated, pick } from "./fuzz/mutate.ts";

/** Hostile, wide, combining, joined, and plain. */
const NAMES = [
  "prod",
  "my-acct-1",
  "Data Lake – Zürich (東京)",
  "\x1b]0;title\x07\x1b[2J\x1b[1;1H",
  "a\r\nb\tc\\d",
  "\u202etxet\u2066 \u200b",
  "👩‍👩‍👧 🇨🇭 ❤️ 🗼",
  "e\u0301\u0301\u0301 ก็ 한글",
  "",
];

const KEYS = [
  "prod admin\r",
  "\x1b[A\x1b[B\x1b[5~\x1b[6~\x1b[H\x1b[F\x1bOA\x1bOB\r",
  "\x0e\x10\x7f\x08\x15\x17\r",
  "東京e\u0301👩‍👩‍👧\x7f\x7f",
  "a\x1b[1;5A\x1b\x1b[B\x1b[[A\r",
  "\x1b[200~prod\r\nadmin\n\x1b[201~\x1b[B\r",
  "111\x1b[B\x1b[B \x1b",
  "my\x03",
];

interface Input {
  readonly lists: readonly [first: readonly Account[], later: readonly Account[]];
  readonly recent: readonly number[];
  readonly filter: string;
  /** Each piece comes by itself. */
  readonly pieces: readonly string[];
  readonly sizes: readonly { readonly columns: number; readonly rows: number }[];
  /** The number of the piece before which the other entries come. */
  readonly arrival: number;
}

interface Account {
  readonly accountId: string;
  readonly accountName: string;
  readonly roles: readonly string[];
}

fuzz<Input>({
  name: "keys of the picker",
  inputs: 400,
  readable: 100,
  make: (random) => ({
    lists: [accounts(random), accounts(random)],
    recent: Array.from({ length: below(8, random) }, () => below(60, random)),
    filter: random() < 0.5 ? "" : mutated(NAMES, random),
    pieces: pieces(mutated(KEYS, random), random),
    sizes: Array.from({ length: 1 + below(4, random) }, () => ({
      columns: 1 + below(random() < 0.3 ? 12 : 120, random),
      rows: 1 + below(random() < 0.3 ? 5 : 40, random),
    })),
    arrival: below(6, random),
  }),
  read: async (input) => {
    const [first, later] = input.lists.map(listOf);
    if (first === undefined || later === undefined) throw new Error("a list is missing");
    const recent = input.recent.filter((index) => index < first.length).map(first.keyAt);
    await runOnScreen(input, first, later, recent);
    pressAll(input, first, later, recent);
  },
});

/** Some accounts have the same number or the same name in both lists. */
function accounts(random: Chance): readonly Account[] {
  const ids = new Set(
    Array.from({ length: below(random() < 0.1 ? 300 : 20, random) }, () => below(400, random)),
  );
  return [...ids].map((id) => ({
    accountId: String(id).padStart(12, "1"),
    accountName: random() < 0.5 ? pick(NAMES, random) : nameLike(random),
    roles: [...new Set(["Admin", "ReadOnly", ...(random() < 0.2 ? [nameLike(random)] : [])])],
  }));
}

/** AWS allows 50 characters. With a million in a name the time would be that of the trial's own looks at the lists. */
function nameLike(random: Chance): string {
  return mutated(NAMES, random).slice(0, 100_000);
}

function listOf(all: readonly Account[]): CandidateList {
  const parts = listingParts(formatListing({ listedAt: 0, accounts: all }));
  if (parts === undefined) throw new Error("a formatted listing is none");
  const startUrl = "https://d-1.awsapps.com/start";
  const roles = listedRoles({ startUrl, ssoSession: undefined, options: {} }, parts);
  const profiles = ["prod", "zoo"].map((profile, at) => ({
    profile,
    ...(at === 0 ? { startUrl, accountId: all[0]?.accountId ?? "", roleName: "Admin" } : {}),
    options: { profile },
  }));
  const list = mergeCandidates(profiles, [{ startUrl, roles }]);
  for (let at = 1; at < list.length; at++)
    if (compareCodePoints(list.keyAt(at - 1), list.keyAt(at)) > 0)
      throw new Error(`entry ${at} is not in order`);
  return list;
}

/** As they come from a terminal: cut anywhere, also within a character, and put together again. */
function pieces(text: string, random: Chance): readonly string[] {
  const bytes = Buffer.from(text);
  const decoder = new TextDecoder();
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + below(random() < 0.5 ? 3 : 30, random);
    found.push(decoder.decode(bytes.subarray(at, end), { stream: true }));
    at = end;
  }
  // More would make a trial of a terminal out of a trial of the picker.
  return found.filter((piece) => piece !== "").slice(0, 40);
}

async function runOnScreen(
  { filter, pieces: sent, sizes, arrival }: Input,
  first: CandidateList,
  later: CandidateList,
  recent: readonly string[],
): Promise<void> {
  let size = sizes[0] ?? { columns: 80, rows: 24 };
  const events: (ScreenEvent | undefined)[] = [];
  for (const [at, text] of sent.entries()) {
    if (at === arrival) events.push({ kind: "woken" });
    if (at % 3 === 2) events.push({ kind: "resized" });
    events.push({ kind: "input", text });
    // A silence, after which a lone Esc is the key.
    if (at % 7 === 6) events.push(undefined);
  }
  let resizes = 0;
  const arrives = Promise.withResolvers<void>();
  const screen: Screen = {
    size: () => size,
    draw: (text) => checkPicture(text, size),
    wake: () => {},
    next: async () => {
      if (events.length === 0) return { kind: "ended" };
      const event = events.shift();
      if (event?.kind === "woken") arrives.resolve();
      if (event?.kind === "resized") size = sizes[++resizes % sizes.length] ?? size;
      // What arrives has arrived then.
      await (event?.kind === "woken" ? Bun.sleep(0) : undefined);
      return event;
    },
  };
  const chosen = await runPicker(
    {
      state: openPicker(first, recent, filter, "asking"),
      colour: sent.length % 2 === 0 ? "on" : "off",
      later: () => arrives.promise.then(() => ({ all: later, status: "" })),
    },
    screen,
  );
  if (chosen !== undefined && ![first, later].some((list) => has(list, chosen)))
    throw new Error(`${JSON.stringify(chosen)} is chosen, and is in no list`);
}

function has(list: CandidateList, chosen: Candidate): boolean {
  return candidatesAt(list, [...list.texts.keys()]).some((one) => isDeepStrictEqual(one, chosen));
}

const HOME = "\x1b[?7l\x1b[H";
const END = "\x1b[J\x1b[?7h";

/** Throws for a picture that does not fit on the screen, or could do anything else than stand there. */
function checkPicture(text: string, { columns, rows }: ReturnType<Screen["size"]>): void {
  const end = text.lastIndexOf(END);
  const cursor = /^\[1;(\d+)H$/.exec(text.slice(end + END.length + 1));
  if (!text.startsWith(HOME) || end < 0 || cursor === null)
    throw new Error(`no picture: ${JSON.stringify(text)}`);
  const lines = text.slice(HOME.length, end).split("\r\n");
  if (lines.length > rows) throw new Error(`${lines.length} lines on ${rows} rows`);
  if (Number(cursor[1]) > columns) throw new Error(`the cursor stands at ${cursor[1]} of ${columns}`);
  for (const line of lines) {
    const plain = ["\x1b[1m", "\x1b[2m", "\x1b[0m", "\x1b[K"].reduce(
      (left, part) => left.replace(part, ""),
      line,
    );
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(plain))
      throw new Error(`a control character: ${JSON.stringify(line)}`);
    if (Bun.stringWidth(plain) > Math.max(columns - 1, 1))
      throw new Error(`${Bun.stringWidth(plain)} of ${columns} columns: ${JSON.stringify(plain)}`);
  }
}

/** The same keys, and what must be true after each of them. */
function pressAll(
  { filter, pieces: sent, arrival }: Input,
  first: CandidateList,
  later: CandidateList,
  recent: readonly string[],
): void {
  let state = openPicker(first, recent, filter, "");
  let rest = "";
  let within: Within = "keys";
  checkState(state);
  for (const [at, piece] of sent.entries()) {
    if (at === arrival) state = arrived(state, later);
    const read: KeysRead = readKeys(rest + piece, within);
    ({ rest, within } = read);
    for (const key of read.keys) {
      const next = press(state, key, 1 + (at % 20));
      if ("kind" in next) return;
      state = next;
      checkState(state);
    }
  }
}

/** The selected entry stays selected while it is there. */
function arrived(state: PickerState, later: CandidateList): PickerState {
  const before = shownIndex(state, state.selected);
  const key = before === undefined ? undefined : state.all.keyAt(before);
  const next = withEntries(state, later, "");
  checkState(next);
  const after = shownIndex(next, next.selected);
  const index = key === undefined ? undefined : indexOfKey(later, key);
  const isThere = index !== undefined && next.matches.includes(index);
  if (isThere && (after === undefined || later.keyAt(after) !== key))
    throw new Error(`the selection leaves ${JSON.stringify(key)}`);
  return next;
}

function checkState(state: PickerState): void {
  const { all, filter, matches, recentMatches, selected } = state;
  const words = filter.split(/\s+/).filter((word) => word !== "");
  if (!isDeepStrictEqual(matches, containing(words, all)))
    throw new Error(`the filter ${JSON.stringify(filter)} leaves other entries than a search finds`);
  if (recentMatches.some((index) => !matches.includes(index)) || recentMatches.length > 5)
    throw new Error("a recent entry does not match");
  if (selected < 0 || selected >= Math.max(shownCount(state), 1))
    throw new Error(`entry ${selected} of ${shownCount(state)} is selected`);
}
