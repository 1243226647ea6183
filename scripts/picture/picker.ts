/** A real run of the picker, as far as a person sees it who is about to choose. */
import { openTerminal } from "../../test/system/terminal/terminal-session.ts";
import { lastPage, type PickerPage } from "./picker-page.ts";

export const pickerSize = { cols: 76, rows: 12 };

/** What is on the screen after these keys, once the portals have been asked. `argv` opens the picker. */
export async function pickerPage(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  keys: string,
): Promise<PickerPage> {
  await using terminal = openTerminal(argv, { ...env, TERM: "xterm" }, pickerSize);
  await terminal.shows("\x1b[J");
  terminal.type(keys);
  for (;;) {
    await terminal.shows("\x1b[J");
    await Bun.sleep(0);
    const page = lastPage(terminal.text());
    const [filter, count] = page.lines;
    if (filter?.text.endsWith(keys) && !count?.text.includes("asking")) return page;
  }
}
