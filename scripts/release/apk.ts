/**
 * Alpine's package, after "Apk spec" in Alpine's wiki: two compressed streams, one behind the other. The first holds the
 * control file and no end of an archive, the second the files, each with its SHA-1. It holds no script and no signature.
 */
import type { Archive } from "./archive.ts";
import { hexDigest, joined } from "./bytes.ts";
import type { Processor } from "./deb.ts";
import { type Entry, isFolder, textEntry } from "./entry.ts";
import { installedSize, packageFiles, withFolders } from "./package-files.ts";
import type { Source } from "./source.ts";
import { gzip, tarRecords } from "./tar.ts";

const ARCHITECTURES = { x64: "x86_64", arm64: "aarch64" } as const;

/** The executable must be the one for musl. */
export function apk(
  processor: Processor,
  { version, description, time }: Pick<Source, "version" | "description" | "time">,
  executable: Uint8Array,
  documents: readonly Entry[],
): Archive {
  const files = packageFiles("apk", executable, documents);
  const architecture = ARCHITECTURES[processor];
  const apkVersion = `${alpineVersion(version)}-r0`;
  const entries = withFolders(files).map((entry) =>
    isFolder(entry)
      ? entry
      : { ...entry, extended: { "APK-TOOLS.checksum.SHA1": hexDigest("sha1", entry.bytes) } },
  );
  const end = new Uint8Array(1024);
  const data = gzip(joined([tarRecords(entries, time), end]));
  const control = [
    "pkgname = aws-login",
    `pkgver = ${apkVersion}`,
    `pkgdesc = ${description}`,
    `builddate = ${time}`,
    `size = ${installedSize(files)}`,
    `arch = ${architecture}`,
    "origin = aws-login",
    "license = Apache-2.0",
    `depend = so:libc.musl-${architecture}.so.1`,
    "depend = so:libstdc++.so.6",
    `provides = cmd:aws-login=${apkVersion}`,
    `datahash = ${hexDigest("sha256", data)}`,
  ];
  const first = gzip(tarRecords([textEntry(".PKGINFO", `${control.join("\n")}\n`)], time));
  return { name: `aws-login-${apkVersion}.${architecture}.apk`, bytes: joined([first, data]) };
}

/** Alpine writes `1.0.0_rc1` for the version 1.0.0-rc.1, and has words for alpha, beta, pre and rc only. */
function alpineVersion(version: string): string {
  const [number = "", ...rest] = version.split("-");
  if (rest.length === 0) return number;
  const [, word = "", count = ""] = rest.join("-").match(/^(alpha|beta|pre|rc)\.?(\d*)$/) ?? [];
  if (word === "") throw new Error(`Alpine has no version like ${version}`);
  return `${number}_${word}${count}`;
}
