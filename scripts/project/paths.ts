/** Where things are in the project's folder. */
import { join } from "node:path";

/** The project's folder, whatever the working directory is. */
export const root = join(import.meta.dir, "../..");

export const distFolder = join(root, "dist");

const suffix = process.platform === "win32" ? ".exe" : "";

/** What `bun run build` makes: the executable for this machine. */
export const executable = join(distFolder, `aws-login${suffix}`);
