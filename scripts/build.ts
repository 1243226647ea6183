/** `bun run build`: makes `dist/aws-login` for this machine. */
import { buildExecutable } from "./project/executable.ts";
import { executable } from "./project/paths.ts";

await buildExecutable();
const megabytes = (Bun.file(executable).size / 1e6).toFixed(0);
console.log(`${executable} (${megabytes} MB)`);
