/** A scene whose program is the released Windows executable. */
import { test } from "bun:test";
import { join } from "node:path";
import { type Environment, start } from "../../support/run.ts";
import { type Scene, type SceneOptions, withScene } from "../../support/scene.ts";
import { type Wine, windowsPath, wine } from "./wine.ts";

/**
 * The scene's folders are Unix paths, for the test's own use. `run` and `start` take the arguments and variables as
 * Windows has them.
 */
export interface WindowsScene extends Scene {
  /** The path of the executable, as Windows has it. */
  readonly executable: string;
  /** The path of a program that prints its arguments, as Windows has it. */
  readonly tell: string;
  /** The same scene with this machine's executable. */
  readonly here: Scene;
  /** The command line of Linux that runs the executable with these arguments. */
  commandLine(args: readonly string[]): readonly string[];
  /** Starts any Windows program. */
  startProgram(argv: readonly string[], env?: Environment): ReturnType<Scene["start"]>;
}

/** Milliseconds. Wine's programs start in a tenth of a second, and much later while the machine has other work. */
const LIMIT = 60_000;

/** A test that is given a scene on Windows and cleans up after it; skipped where there is no Wine. */
export function windowsScenario(
  name: string,
  play: (scene: WindowsScene) => Promise<void>,
  options: SceneOptions = {},
): void {
  if (wine === undefined) {
    test.skip(`${name} (needs AWS_LOGIN_WINE and AWS_LOGIN_RELEASE)`, () => {});
    return;
  }
  const machine = wine;
  const limit = options.limit ?? LIMIT;
  test(name, () => withScene((scene) => play(onWindows(scene, machine)), options), limit);
}

function onWindows(scene: Scene, machine: Wine): WindowsScene {
  const temporary = windowsPath(scene.env.TMPDIR ?? "");
  const env: Environment = {
    ...machine.env,
    // Of the Unix side, where Wine looks for a browser.
    PATH: scene.env.PATH,
    HTTPS_PROXY: scene.standIn.proxyUrl,
    AWS_CA_BUNDLE: windowsPath(join(scene.root, "ca.pem")),
    AWS_EC2_METADATA_DISABLED: "true",
    WINDOWS_USERPROFILE: windowsPath(scene.home),
    WINDOWS_TEMP: temporary,
    WINDOWS_TMP: temporary,
    WINDOWS_PATH: ["C:\\windows\\system32", "C:\\windows", windowsPath(scene.bin)].join(";"),
  };
  const commandLine = (args: readonly string[]) => [...machine.command, machine.executable, ...args];
  const startProgram = (argv: readonly string[], more: Environment = {}) =>
    start([...machine.command, ...argv], { ...env, ...more }, scene.work);
  const begin = (args: readonly string[], more: Environment = {}) =>
    startProgram([machine.executable, ...args], more);
  return {
    ...scene,
    env,
    executable: machine.executable,
    tell: machine.tell,
    here: scene,
    commandLine,
    startProgram,
    run: (args, more) => begin(args, more).ended,
    start: begin,
  };
}
