/** What a Linux package installs, and what is found of it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** In every package. */
const COMMON = [
  "usr/bin/aws-login",
  "usr/share/bash-completion/completions/aws-login",
  "usr/share/fish/vendor_completions.d/aws-login.fish",
  "usr/share/man/man1/aws-login.1.gz",
];

const LICENSES = ["usr/share/licenses/aws-login/LICENSE", "usr/share/licenses/aws-login/NOTICE"];

export const DEB_FILES: readonly string[] = [
  ...COMMON,
  "usr/share/doc/aws-login/NOTICE",
  "usr/share/doc/aws-login/copyright",
  "usr/share/zsh/vendor-completions/_aws-login",
].toSorted();

export const RPM_FILES: readonly string[] = [
  ...COMMON,
  ...LICENSES,
  "usr/share/zsh/site-functions/_aws-login",
].toSorted();

/** Alpine has the same folders as the systems with rpm. */
export const APK_FILES = RPM_FILES;

/** The files below the folder, but for those whose path begins with `except`. */
export async function filesIn(folder: string, except: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((path) => !path.startsWith(except))
    .toSorted();
}
