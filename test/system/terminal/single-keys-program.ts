/** Prints each key. `m` measures the terminal, `p` pauses until SIGUSR1, `q` ends. */
import { openSync } from "node:fs";
import { Failure } from "../../../src/lib/errors.ts";
import { withSingleKeys } from "../../../src/system/terminal/single-keys.ts";
import type { ScreenEvent } from "../../../src/system/types.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);
const ended = Promise.withResolvers<string>();
let react: (key: string) => void = () => {};
const push = (event: ScreenEvent) => {
  if (event.kind === "input") react(event.text);
  else ended.resolve(event.kind);
};

try {
  const outcome = await withSingleKeys(openSync("/dev/tty", "r+"), push, (keys) => {
    const size = () => `${keys.size().columns}x${keys.size().rows}`;
    react = (key) => {
      if (key === "m") say(`measured ${keys.measure()} ${size()}`);
      else if (key === "q") ended.resolve("done");
      else if (key === "p") {
        keys.pause();
        say("paused");
      } else say(`key ${key}`);
    };
    process.on("SIGUSR1", () => say(`resumed ${keys.resume()} ${size()}`));
    say(`size ${size()}`);
    return ended.promise;
  });
  say(outcome);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say(`failed: ${error.message}`);
}
process.exit(0);
