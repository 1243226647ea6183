/** A browser for `BROWSER`: it follows the addresses it is given through the stand-in's proxy and keeps the pages. */
import { join } from "node:path";
import type { Scene } from "./scene.ts";
import { textOfFile, until } from "./until.ts";

export interface FakeBrowser {
  /** The value for `BROWSER`. */
  readonly command: string;
  /** Resolves when one of the pages that it ended up with has this text: the browser may outlive the program. */
  shows(text: string): Promise<void>;
  /** All that others can learn of it while it runs: its arguments and its environment, a line each. */
  exposed(): Promise<string>;
}

/** Writes the program into the scene's `bin`. With `gate` it goes on only when there is a file of that name. */
export async function fakeBrowser(scene: Scene, gate?: string): Promise<FakeBrowser> {
  const pages = join(scene.root, "browser-pages");
  const exposed = join(scene.root, "browser-exposed");
  const command = await scene.write(
    "bin/browser",
    `#!/bin/sh
cat /proc/$$/cmdline /proc/$$/environ | tr '\\0' '\\n' >> ${exposed}
${gate === undefined ? "" : `until [ -e ${gate} ] || [ ! -d ${scene.root} ]; do sleep 0.01; done`}
curl --silent --show-error --location --cacert ${join(scene.root, "ca.pem")} "$1" >> ${pages} 2>&1
`,
    0o755,
  );
  return {
    command,
    shows: (text) => until(async () => (await textOfFile(pages))?.includes(text) || undefined).then(() => {}),
    exposed: async () => (await textOfFile(exposed)) ?? "",
  };
}
