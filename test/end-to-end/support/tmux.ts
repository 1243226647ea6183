/** A shell in tmux on a terminal of the test. The server of tmux ends when that terminal goes, with the test at the latest. */
import { test } from "bun:test";
import { openTerminal, type TerminalSize } from "../../system/terminal/terminal-session.ts";
import { type Ended, type Environment, start } from "./run.ts";
import { type Scene, scenario } from "./scene.ts";
import { until } from "./until.ts";

export interface Tmux extends AsyncDisposable {
  /** Runs a command of tmux. */
  run(...words: readonly string[]): Promise<void>;
  /** What a person sees, a line each, without blanks at their ends. */
  screen(): Promise<string>;
  resize(size: TerminalSize): void;
}

/** A scenario that is skipped by name where tmux is not installed. */
export function tmuxScenario(name: string, play: (scene: Scene) => Promise<void>): void {
  if (Bun.which("tmux") === null) test.skip(`${name} (needs tmux)`, () => {});
  else scenario(`${name} (needs tmux)`, play);
}

/** The shell has the whole terminal, and begins in the scene's working directory. */
export async function openTmux(scene: Scene, size: TerminalSize): Promise<Tmux> {
  const tmux = ["tmux", "-u", "-S", `${scene.root}/tmux`, "-f", "/dev/null"];
  // A shell whose terminal goes would write its history.
  const env: Environment = { ...scene.env, TERM: "xterm", LC_ALL: "C.UTF-8", HISTFILE: "" };
  const shell = ["new-session", "-c", scene.work, "bash --norc --noprofile"];
  const settings = [
    ...["set-option", "-g", "destroy-unattached", "on", ";"],
    ...["set-option", "-g", "status", "off", ";"],
  ];
  const terminal = openTerminal([...tmux, "start-server", ";", ...settings, ...shell], env, size);
  const command = (words: readonly string[]): Promise<Ended> =>
    start([...tmux, ...words], env, scene.work).ended;
  const output = async (words: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await command(words);
    if (status !== 0) throw new Error(`tmux ${words.join(" ")}: ${stderr}`);
    return stdout;
  };
  const isThere = async () => (await command(["has-session"])).status === 0;
  await until(async () => (await isThere()) || undefined);
  return {
    run: async (...words) => void (await output(words)),
    screen: () => output(["capture-pane", "-p"]),
    resize: terminal.resize,
    [Symbol.asyncDispose]: async () => {
      await terminal[Symbol.asyncDispose]();
      await until(async () => !(await isThere()) || undefined);
    },
  };
}
