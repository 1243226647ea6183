/** Run by the test of the lock: takes the lock that is named, says so, and keeps it until stdin ends. */
import { withLock } from "../../../src/system/files/lock.ts";

const [path = "", wait = "0"] = process.argv.slice(2);
const outcome = await withLock(path, Number(wait), async () => {
  await Bun.write(Bun.stdout, "held\n");
  await Bun.stdin.text();
});
await Bun.write(Bun.stdout, `${outcome.kind}\n`);
