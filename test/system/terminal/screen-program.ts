/** Draws and waits for a key; writes what came to the file of the first argument. */
import { onScreen } from "../../../src/system/terminal/screen.ts";

const outcome = await onScreen(async (screen) => {
  screen.draw(`size ${screen.size().columns}x${screen.size().rows}`);
  for (;;) {
    const event = await screen.next();
    if (event?.kind === "resized") screen.draw(`now ${screen.size().columns}x${screen.size().rows}`);
    if (event?.kind === "input" || event?.kind === "ended") return JSON.stringify(event);
  }
});
await Bun.write(process.argv[2] ?? "", String(outcome));
process.exit(0);
