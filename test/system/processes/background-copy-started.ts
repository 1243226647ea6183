/** The copy that `background-copy-program.ts` starts: says what it was given and what it is, and notes when the pipe is closed. */
import { writeFileSync } from "node:fs";
import { receiveHandover } from "../../../src/system/processes/background-copy.ts";
import { statFields } from "../../../src/system/processes/process-mark.ts";

const { text, isPipeOpen } = await receiveHandover();
const note: { file: string } = JSON.parse(text ?? "");
const [, parent, , session] = statFields(await Bun.file("/proc/self/stat").text());
const secret = process.env.AWS_SECRET_ACCESS_KEY ?? "none";
await Bun.write(Bun.stdout, `${JSON.stringify({ pid: process.pid, parent, session, secret })}\n`);
while (isPipeOpen()) await Bun.sleep(5);
writeFileSync(note.file, "closed");
