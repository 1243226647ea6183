/** The picker over 10,000 roles whose listing is cached: what a person waits for before the first picture, and after a key. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cliTokenPath } from "../../src/sso/aws-cli-cache.ts";
import { listingFolder, listingPath } from "../../src/sso/listing-path.ts";
import { openTerminal } from "../../test/system/terminal/terminal-session.ts";
import type { StandIn } from "../project/stand-in.ts";
import { section, writeConfig } from "./config-file.ts";
import type { Executables } from "./executables.ts";
import { largeListing, largeListingRoles } from "./large-listing.ts";
import { median } from "./median.ts";

/** Milliseconds, medians. */
export interface PickerFigures {
  /** From the start of the process until its terminal has the whole first picture. */
  readonly firstMilliseconds: number;
  /** The same until the hello-world's line is there. */
  readonly helloMilliseconds: number;
  /** From a key until the terminal has the picture that follows it. */
  readonly keyMilliseconds: number;
}

const size = { cols: 80, rows: 24 };

/** Narrows, moves and widens again. Each is one key, and each changes the picture. */
const keys = [..."prod 01", "\x1b[B", "\x1b[6~", "\x1b[A", "\x7f", "\x7f", "\x7f", "\x15"];

/** The last that the picker writes of a picture, except for the place of the cursor. */
const pictureEnd = "\x1b[J";

/** Undefined where the picker is not drawn. Throws when a run fails. */
export async function measurePicker(
  { program, hello }: Executables,
  standIn: StandIn,
  runs: number,
): Promise<PickerFigures | undefined> {
  if (process.platform === "win32") return undefined;
  const env = { HOME: await homeWithListing(standIn), PATH: "/usr/bin:/bin", TERM: "xterm" };
  const [first, key, floor]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    const started = Bun.nanoseconds();
    await using least = openTerminal([hello], env, size);
    await least.shows("hi");
    floor.push(since(started));
    await least.exited;
    const { toFirst, toKeys } = await runOnce([program, "getcallerid", "team"], env);
    first.push(toFirst);
    key.push(...toKeys);
  }
  return {
    firstMilliseconds: median(first),
    helloMilliseconds: median(floor),
    keyMilliseconds: median(key),
  };
}

async function runOnce(
  argv: readonly string[],
  env: Record<string, string>,
): Promise<{ readonly toFirst: number; readonly toKeys: readonly number[] }> {
  const started = Bun.nanoseconds();
  await using terminal = openTerminal(argv, env, size);
  const ended = terminal.exited.then((status) => {
    throw new Error(`${argv.join(" ")} ended with ${status}: ${terminal.text()}`);
  });
  await Promise.race([terminal.shows(`of ${largeListingRoles}`), ended]);
  await Promise.race([terminal.shows(pictureEnd), ended]);
  const toFirst = since(started);
  const toKeys: number[] = [];
  for (const key of keys) {
    const pressed = Bun.nanoseconds();
    terminal.type(key);
    await Promise.race([terminal.shows(pictureEnd), ended]);
    toKeys.push(since(pressed));
  }
  ended.catch(() => {});
  terminal.type("\x03");
  const status = await terminal.exited;
  if (status !== 130) throw new Error(`${argv.join(" ")} ended with ${status} by Ctrl-C`);
  return { toFirst, toKeys };
}

/** A session without a sign-in, so that no portal is asked, whose listing is still cached. */
async function homeWithListing({ folder, identityCenter }: StandIn): Promise<string> {
  const home = await mkdtemp(join(folder, "home-"));
  const { startUrl, region } = identityCenter;
  await writeConfig(home, [section("sso-session my-sso", { sso_start_url: startUrl, sso_region: region })]);
  const own = join(home, ".aws-login");
  await mkdir(listingFolder(own), { recursive: true, mode: 0o700 });
  const signIn = cliTokenPath(home, { sessionName: "my-sso", startUrl });
  await writeFile(listingPath(own, signIn), largeListing(), { mode: 0o600 });
  return home;
}

/** Milliseconds. */
function since(started: number): number {
  return (Bun.nanoseconds() - started) / 1e6;
}
