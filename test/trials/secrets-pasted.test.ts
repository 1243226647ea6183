/** What a person pastes to end a sign-in with a browser on another machine, right and wrong, and the search for it. */
import { describe, expect, test } from "bun:test";
import { filesOf, watchSecrets } from "../end-to-end/support/canaries.ts";
import { executable } from "../end-to-end/support/executable.ts";
import { commandLines } from "../end-to-end/support/processes.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { startUrl } from "../end-to-end/support/sign-ins.ts";
import { until } from "../end-to-end/support/until.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { madeUp } from "./secrets/made-up.ts";
import { casesOf, chance, patienceOf, playCase, seedOf, tally } from "./trial.ts";

interface Paste {
  readonly args: readonly string[];
  readonly question: string;
  /** What the page in the browser ends with, for the person to copy. */
  readonly shown: (scene: Scene, page: string) => Promise<string>;
}

const curl = (scene: Scene, rest: string) =>
  `curl --silent --show-error --cacert ${scene.root}/ca.pem ${rest}`;

const sorts: Readonly<Record<string, Paste>> = {
  "the code of a sign-in with console credentials": {
    args: ["login", "--profile", "dev", "--remote"],
    question: "Code (not shown), then Enter: ",
    shown: async (scene, page) => {
      const { stdout } = await scene.bash(curl(scene, `--location '${page}'`));
      return /Code: (\S+) \./.exec(stdout)?.[1] ?? "";
    },
  },
  "the address of a sign-in to Identity Center": {
    args: ["login", "--start-url", startUrl, "--remote"],
    question: "Address (not shown), then Enter: ",
    // The browser of the other machine is let in, and reaches no port of this one.
    shown: async (scene, page) => {
      const { stdout } = await scene.bash(
        curl(scene, `--output /dev/null --write-out '%{redirect_url}' '${page}'`),
      );
      return stdout;
    },
  },
};

/** Where which secret stands that must not stand there, a line each. */
async function play(scene: Scene, sort: Paste, random: () => number): Promise<readonly string[]> {
  const wrong = madeUp("token", random);
  const canaries = watchSecrets(scene.standIn, { "wrong text": wrong });
  await using terminal = openTerminal([executable, ...sort.args, "--verbose"], scene.env);
  await terminal.shows(sort.question);
  const page = await until(async () => /^ {4}(https:\S+)\r?$/m.exec(terminal.text())?.[1]);
  // Cut anywhere, so that the code may come in many pieces.
  terminal.type(wrong.slice(0, 60 + Math.floor(random() * (wrong.length - 60))));
  terminal.type("\r");
  await terminal.shows(sort.question);
  const right = await sort.shown(scene, page);
  terminal.type(`${right}\r`);
  const lines = (await commandLines()).join("\n");
  const status = await terminal.exited;
  const places = new Map([
    ["the terminal", terminal.text().replace(page, "")],
    ["the arguments of programs", lines],
  ]);
  const stores = /\/\.aws\/(?:sso|login)\/cache\/|\/\.aws-login\/(?:tokens|clients)\//;
  for (const [path, text] of await filesOf(scene)) if (!stores.test(path)) places.set(path, text);
  tally("secrets pasted", "places searched for secrets", places.size);
  const found = [...places].flatMap(([place, text]) =>
    canaries.foundIn(text).map((name) => `${place} holds the ${name}`),
  );
  if (right.length < 20) found.push("nothing was pasted");
  return status === 0 ? found : [...found, `it ended with ${status}: ${terminal.text()}`];
}

describe.skipIf(process.platform !== "linux")("secrets", () => {
  for (const [name, sort] of Object.entries(sorts)) {
    test(
      `${name}, right or wrong, is shown and stored nowhere`,
      async () => {
        const trial = `secrets pasted: ${name}`;
        for (const number of casesOf(trial, "secrets", 1)) {
          const random = chance(seedOf(trial, number));
          const act = (scene: Scene) =>
            playCase(trial, number, async () => expect(await play(scene, sort, random)).toEqual([]));
          await withScene(act, { signInSettings: { autoApprove: true } });
        }
      },
      patienceOf("secrets", 30_000),
    );
  }
});
