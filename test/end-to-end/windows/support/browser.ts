/** A browser on Windows: a program that keeps the address it is given, which the test then follows. */
import { join } from "node:path";
import type { Environment } from "../../support/run.ts";
import { textOfFile, until } from "../../support/until.ts";
import type { WindowsScene } from "./windows-scene.ts";
import { windowsPath } from "./wine.ts";

export interface WindowsBrowser {
  readonly env: Environment;
  /** Resolves to the address that the program was given. */
  opened(): Promise<string>;
}

/** The browser of `BROWSER`. */
export function windowsBrowser(scene: WindowsScene): WindowsBrowser {
  const file = join(scene.root, "opened");
  return {
    env: { BROWSER: `"${scene.tell}"`, TELL_FILE: windowsPath(file) },
    opened: () => until(async () => /^\[(\S+)\]$/m.exec((await textOfFile(file)) ?? "")?.[1]),
  };
}

/** Follows the address to its end: AWS's hosts through the stand-in's proxy, the program's own without. Answers the page. */
export async function visit(scene: WindowsScene, address: string): Promise<string> {
  const { proxyUrl, caPem } = scene.standIn;
  const throughProxy = address.startsWith("https:") ? { proxy: proxyUrl, tls: { ca: caPem } } : {};
  const response = await fetch(address, { ...throughProxy, redirect: "manual" });
  const next = response.headers.get("location");
  const page = await response.text();
  return next === null ? page : visit(scene, new URL(next, address).href);
}
