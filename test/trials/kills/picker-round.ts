/** A picker on a terminal of its own that a signal ends, and what it leaves. */

import { executable } from "../../end-to-end/support/executable.ts";
import type { Ended } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { config, sessionToken, tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { until } from "../../end-to-end/support/until.ts";
import { openTerminal, type TerminalSession } from "../../system/terminal/terminal-session.ts";
import { configMode, flaw } from "./flaw.ts";
import { type Home, makeHome } from "./home.ts";

export const SIGNALS = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL"] as const;

export interface PickerBlow {
  readonly signal: (typeof SIGNALS)[number] | "hang-up";
  /** Whether the signal also goes to the programs that the picker runs, as one from a shell does. */
  readonly victims: "program" | "group";
  /** Milliseconds after the start. */
  readonly after: number;
  /** Typed before, each after so many milliseconds. */
  readonly keys: readonly (readonly [key: string, after: number])[];
}

/** Milliseconds that an end may take; a hundredth of it is usual. */
const longestEnd = 20_000;

/** A home with a sign-in and its cached listing. */
export async function pickerHome(scene: Scene, name: string): Promise<Home> {
  const home = await makeHome(scene, name);
  await home.write(".aws/config", config, configMode);
  await home.write(sessionToken.replace(/^home\//, ""), tokenFile(scene.standIn.signIn(), 3600));
  const { status, stderr } = await home.run(["list"], {});
  if (status !== 0) throw new Error(`list: ${stderr}`);
  return home;
}

/** Resolves to whether the signal ended the run, and what is wrong, a line each. */
export async function pickerRound(
  scene: Scene,
  home: Home,
  blow: PickerBlow,
): Promise<{ readonly struck: boolean; readonly wrong: readonly string[] }> {
  const known = Object.entries({ ...scene.env, HOME: home.path, TERM: "xterm" });
  const env = Object.fromEntries(
    known.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  await using terminal = openTerminal([executable, "getcallerid", "my-acct"], env, { cols: 80, rows: 24 });
  let isOver = false;
  const exited = terminal.exited.then((status) => {
    isOver = true;
    return status;
  });
  const keys = blow.keys.map(async ([key, after]) => {
    await Promise.race([Bun.sleep(after), exited]);
    if (!isOver) terminal.type(key);
  });
  await Promise.race([Bun.sleep(blow.after), exited]);
  await Promise.all(keys);
  const struck = !isOver;
  if (struck) strike(terminal, blow);
  if ((await Promise.race([exited, Bun.sleep(longestEnd)])) === undefined)
    return { struck, wrong: ["it does not end"] };
  const isPutBack = blow.signal !== "SIGKILL" && blow.signal !== "hang-up";
  const wrong = isPutBack ? await whatIsNotPutBack(terminal, await freshModes()) : [];
  return { struck, wrong: [...wrong, ...whatIsNotWhole(home), ...whatFails(await home.run(later, {}))] };
}

/** Needs the cached listing. */
const later = ["getcallerid", "my-acct-1/ReadOnlyAccess"];

function strike(terminal: TerminalSession, { signal, victims }: PickerBlow): void {
  try {
    if (signal === "hang-up") terminal.hangUp();
    else process.kill(victims === "group" ? -terminal.pid : terminal.pid, signal);
  } catch {
    // It has just ended.
  }
}

/** Of a terminal that no program has changed: the picker may have changed its own before a look at it. */
async function freshModes(): Promise<readonly number[]> {
  await using terminal = openTerminal(["/bin/sh", "-c", ":"], {});
  await terminal.exited;
  return terminal.modes();
}

async function whatIsNotPutBack(terminal: TerminalSession, modes: readonly number[]): Promise<string[]> {
  const wrong: string[] = [];
  const now = terminal.modes();
  if (`${now}` !== `${modes}`) wrong.push(`the settings were ${modes} and are ${now}`);
  const page = () => terminal.text().lastIndexOf("\x1b[?1049l") >= terminal.text().lastIndexOf("\x1b[?1049h");
  const alone = () => {
    try {
      process.kill(-terminal.pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  const comes = (what: () => boolean) =>
    Promise.race([until(async () => what() || undefined), Bun.sleep(longestEnd)]);
  if ((await comes(page)) === undefined) wrong.push("the page of the picker is still shown");
  if ((await comes(alone)) === undefined) wrong.push("a program that it started still runs");
  return wrong;
}

function whatIsNotWhole(home: Home): string[] {
  return [...home.files()].flatMap(([name, file]) => flaw(name, file, new Set([config])) ?? []);
}

function whatFails({ status, stderr }: Ended): string[] {
  return status === 0 ? [] : [`the next run ends with ${status}: ${stderr}`];
}
