/** Debian's package, after deb(5) and deb-control(5). It holds no script: installing it runs nothing. */
import { ar } from "./ar.ts";
import type { Archive } from "./archive.ts";
import { hexDigest } from "./bytes.ts";
import { SUMMARY } from "./downloads.ts";
import { type Entry, textEntry } from "./entry.ts";
import { installedSize, packageFiles, withFolders } from "./package-files.ts";
import type { Source } from "./source.ts";
import { gzip, tar } from "./tar.ts";

export type Processor = "x64" | "arm64";

const ARCHITECTURES = { x64: "amd64", arm64: "arm64" } as const;

/** The executable must be the one for glibc. */
export function deb(
  processor: Processor,
  { version, description, time }: Pick<Source, "version" | "description" | "time">,
  executable: Uint8Array,
  documents: readonly Entry[],
): Archive {
  const files = packageFiles("deb", executable, documents);
  const architecture = ARCHITECTURES[processor];
  const debVersion = version.replace("-", "~");
  const control = [
    "Package: aws-login",
    `Version: ${debVersion}`,
    `Architecture: ${architecture}`,
    "Maintainer: the aws-login project",
    `Installed-Size: ${Math.ceil(installedSize(files) / 1024)}`,
    `Depends: libc6 (>= ${GLIBC})`,
    "Section: utils",
    "Priority: optional",
    // The first line is a title of less than 80 characters.
    `Description: ${SUMMARY}`,
    ` ${description}`,
  ];
  const sums = files.map(({ path, bytes }) => `${hexDigest("md5", bytes)}  ${path}\n`);
  const inRoot = (entries: readonly Entry[]) =>
    gzip(
      tar(
        [{ path: "./", bytes: new Uint8Array() }, ...entries.map((e) => ({ ...e, path: `./${e.path}` }))],
        time,
      ),
    );
  const members = [
    textEntry("debian-binary", "2.0\n"),
    {
      path: "control.tar.gz",
      bytes: inRoot([textEntry("control", `${control.join("\n")}\n`), textEntry("md5sums", sums.join(""))]),
    },
    { path: "data.tar.gz", bytes: inRoot(withFolders(files)) },
  ];
  return { name: `aws-login_${debVersion}_${architecture}.deb`, bytes: ar(members, time) };
}

/** The oldest version of the GNU C library that the executables run with, as README.md says. */
export const GLIBC = "2.17";
