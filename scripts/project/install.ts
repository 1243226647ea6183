/**
 * The development tools, fetched when they are not there. A clean clone has no `node_modules`, so nothing in
 * `scripts/` may import from it.
 */
import { join } from "node:path";
import { root } from "./paths.ts";
import { runOrExit } from "./run.ts";

/** Installs what the lockfile says, unless every tool is there in the version that package.json names. */
export async function installIfNeeded(): Promise<void> {
  const { devDependencies } = await Bun.file(join(root, "package.json")).json();
  for (const [name, version] of Object.entries(devDependencies)) {
    if ((await installedVersion(name)) !== version) {
      console.log(`installing the development tools (${name} ${version} is not there)`);
      runOrExit([process.execPath, "install", "--frozen-lockfile"]);
      return;
    }
  }
}

async function installedVersion(name: string): Promise<unknown> {
  const manifest = Bun.file(join(root, "node_modules", name, "package.json"));
  return (await manifest.exists()) ? (await manifest.json()).version : undefined;
}
