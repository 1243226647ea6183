/** What a Linux package installs, and where: each system looks for completions in folders of its own. */
import { type Entry, foldersOf } from "./entry.ts";
import { gzip } from "./tar.ts";

export type PackageKind = "deb" | "rpm" | "apk";

/** The folders of zsh: Debian leaves `site-functions` to the administrator. */
const ZSH = {
  deb: "usr/share/zsh/vendor-completions",
  rpm: "usr/share/zsh/site-functions",
  apk: "usr/share/zsh/site-functions",
} as const;

/** Debian's policy (12.5) wants the licence in a file of this name. */
const LICENCE = {
  deb: "usr/share/doc/aws-login/copyright",
  rpm: "usr/share/licenses/aws-login/LICENSE",
  apk: "usr/share/licenses/aws-login/LICENSE",
} as const;

/** What every package has, by its path in an archive. The other documents are for people, not for systems. */
function places(kind: PackageKind): Readonly<Record<string, string>> {
  const folder = LICENCE[kind].slice(0, LICENCE[kind].lastIndexOf("/"));
  return {
    LICENSE: LICENCE[kind],
    NOTICE: `${folder}/NOTICE`,
    "aws-login.1": "usr/share/man/man1/aws-login.1.gz",
    "completions/aws-login.bash": "usr/share/bash-completion/completions/aws-login",
    "completions/_aws-login": `${ZSH[kind]}/_aws-login`,
    "completions/aws-login.fish": "usr/share/fish/vendor_completions.d/aws-login.fish",
  };
}

/** The files in the order of their paths. Throws when a document is missing. */
export function packageFiles(
  kind: PackageKind,
  executable: Uint8Array,
  documents: readonly Entry[],
): readonly Entry[] {
  const files = Object.entries(places(kind)).map(([from, path]) => {
    const document = documents.find((entry) => entry.path === from);
    if (document === undefined) throw new Error(`there is no ${from} for a package`);
    return { path, bytes: path.endsWith(".gz") ? gzip(document.bytes) : document.bytes };
  });
  const program = { path: "usr/bin/aws-login", isExecutable: true, bytes: executable };
  return [program, ...files].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Folders and files, each folder before what it holds. */
export function withFolders(files: readonly Entry[]): readonly Entry[] {
  return [...foldersOf(files), ...files].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The bytes that the files take once installed. */
export function installedSize(files: readonly Entry[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
