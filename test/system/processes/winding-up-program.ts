/** A program that winds up while a helper runs. Prints whether the helper is left, and whether a write begins. */
import { realSystem } from "../../../src/system/bun.ts";
import { finishing } from "../../../src/system/processes/interrupt.ts";
import { lineOfFile, until } from "../../end-to-end/support/until.ts";

const [, , folder = ""] = process.argv;
const file = `${folder}/pid`;
void realSystem.runHelper(`echo $$ > ${file}; exec sleep 60`, { PATH: process.env.PATH });
const pid = Number(await until(() => lineOfFile(file)));
await realSystem.windUp();
const begins = await Promise.race([finishing(async () => true), Bun.sleep(20).then(() => false)]);
await Bun.write(Bun.stdout, `${isLeft()} ${begins}\n`);
process.exit(0);

function isLeft(): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
