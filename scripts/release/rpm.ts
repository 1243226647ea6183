/**
 * rpm's package, after "RPM Package format" in rpm's manual and `rpmtag.h`: a lead, a signature header with checksums
 * alone (it carries no developer's signature), the header and a compressed cpio archive. It holds no script.
 */
import type { Archive } from "./archive.ts";
import { hexDigest, joined } from "./bytes.ts";
import { cpio, fullMode } from "./cpio.ts";
import { GLIBC, type Processor } from "./deb.ts";
import { SUMMARY } from "./downloads.ts";
import { type Entry, isFolder } from "./entry.ts";
import { installedSize, packageFiles } from "./package-files.ts";
import { type RpmValue, rpmHeader } from "./rpm-header.ts";
import type { Source } from "./source.ts";
import { gzip } from "./tar.ts";

type About = Pick<Source, "version" | "description" | "time">;

/** rpm's names, and the numbers by which old leads call them. */
const ARCHITECTURES = { x64: { name: "x86_64", number: 1 }, arm64: { name: "aarch64", number: 19 } } as const;

const RELEASE = "1";
const LICENCES: Entry = { path: "usr/share/licenses/aws-login/", bytes: new Uint8Array() };

/** Comparisons of a version in a dependency. */
const [LESS_OR_EQUAL, EQUAL, ANY, RPMLIB] = [0x0a, 0x08, 0, 1 << 24];

/** What a package needs: a name, how its version compares, and that version. */
type Dependency = readonly [name: string, flags: number, version: string];

/** Features of rpm that the package uses, and the C library with the functions of that version. */
const REQUIRES: readonly Dependency[] = [
  [`libc.so.6(GLIBC_${GLIBC})(64bit)`, ANY, ""],
  ["rpmlib(CompressedFileNames)", RPMLIB | LESS_OR_EQUAL, "3.0.4-1"],
  ["rpmlib(FileDigests)", RPMLIB | LESS_OR_EQUAL, "4.6.0-1"],
  ["rpmlib(PayloadFilesHavePrefix)", RPMLIB | LESS_OR_EQUAL, "4.0-1"],
];

export function rpm(
  processor: Processor,
  about: About,
  executable: Uint8Array,
  documents: readonly Entry[],
): Archive {
  const { name: architecture, number } = ARCHITECTURES[processor];
  // rpm removes the folders that a package owns, and those alone.
  const files = [LICENCES, ...packageFiles("rpm", executable, documents)].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const archive = cpio(files, about.time);
  const payload = gzip(archive);
  const rpmVersion = about.version.replace("-", "~");
  const name = `aws-login-${rpmVersion}-${RELEASE}`;
  const header = rpmHeader(
    63,
    new Map([
      ...aboutTags(about, rpmVersion, architecture),
      ...fileTags(files, about.time),
      ...dependencyTags(rpmVersion, architecture),
      ...payloadTags(payload, installedSize(files)),
    ]),
  );
  const signature = rpmHeader(62, signatureTags(header, payload, archive.length));
  const padding = new Uint8Array((8 - (signature.length % 8)) % 8);
  return {
    name: `${name}.${architecture}.rpm`,
    bytes: joined([lead(name, number), signature, padding, header, payload]),
  };
}

/** The 96 bytes by which `file` recognises a package; rpm reads no more of them than the magic number. */
function lead(name: string, architecture: number): Uint8Array {
  const bytes = new Uint8Array(96);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xedabeedb);
  // Format 3.0 of a lead, a binary package.
  view.setUint16(4, 0x0300);
  view.setUint16(8, architecture);
  bytes.set(new TextEncoder().encode(name).subarray(0, 65), 10);
  // Linux, and a signature in the form of a header.
  view.setUint16(76, 1);
  view.setUint16(78, 5);
  return bytes;
}

function signatureTags(header: Uint8Array, payload: Uint8Array, archive: number): Map<number, RpmValue> {
  const both = joined([header, payload]);
  return new Map<number, RpmValue>([
    [269, text(hexDigest("sha1", header))],
    [273, text(hexDigest("sha256", header))],
    [1000, numbers([both.length])],
    [1004, { type: "bytes", value: new Bun.CryptoHasher("md5").update(both).digest() }],
    [1007, numbers([archive])],
  ]);
}

function aboutTags(about: About, version: string, architecture: string): [number, RpmValue][] {
  return [
    [100, names(["C"])],
    [1000, text("aws-login")],
    [1001, text(version)],
    [1002, text(RELEASE)],
    [1004, translated(SUMMARY)],
    [1005, translated(about.description)],
    [1006, numbers([about.time])],
    // The machine on which it was built is not part of it.
    [1007, text("localhost")],
    [1014, text("Apache-2.0")],
    [1016, translated("Unspecified")],
    [1021, text("linux")],
    [1022, text(architecture)],
    // Without the name of a source package rpm takes this for one.
    [1044, text(`aws-login-${version}-${RELEASE}.src.rpm`)],
    [1132, text(`${architecture}-linux-gnu`)],
    [5062, text("utf-8")],
  ];
}

function fileTags(files: readonly Entry[], time: number): [number, RpmValue][] {
  const split = files.map(({ path }) => {
    const at = path.lastIndexOf("/", path.length - 2) + 1;
    return { folder: path.slice(0, at), name: path.slice(at).replace("/", "") };
  });
  const folders = [...new Set(split.map(({ folder }) => folder))];
  const all = (value: number) => files.map(() => value);
  const isManPage = (path: string) => path.startsWith("usr/share/man/");
  const isLicence = (path: string) => path.startsWith(LICENCES.path) && path !== LICENCES.path;
  return [
    [1028, numbers(files.map(({ bytes }) => bytes.length))],
    [1030, { type: "int16", values: files.map(fullMode) }],
    [1033, { type: "int16", values: all(0) }],
    [1034, numbers(all(time))],
    [1035, names(files.map((file) => (isFolder(file) ? "" : hexDigest("sha256", file.bytes))))],
    [1036, names(files.map(() => ""))],
    // Documentation, licence.
    [1037, numbers(files.map(({ path }) => (isManPage(path) ? 2 : isLicence(path) ? 128 : 0)))],
    [1039, names(files.map(() => "root"))],
    [1040, names(files.map(() => "root"))],
    [1045, numbers(all(0xffffffff))],
    [1095, numbers(all(1))],
    [1096, numbers(files.map((_, index) => index + 1))],
    [1097, names(files.map(() => ""))],
    [1116, numbers(split.map(({ folder }) => folders.indexOf(folder)))],
    [1117, names(split.map(({ name }) => name))],
    [1118, names(folders.map((folder) => `/${folder}`))],
    // The digests of the files are SHA-256.
    [5011, numbers([8])],
  ];
}

function dependencyTags(version: string, architecture: string): [number, RpmValue][] {
  const own = `${version}-${RELEASE}`;
  const suffix = architecture === "aarch64" ? "aarch-64" : "x86-64";
  return [
    [1047, names(["aws-login", `aws-login(${suffix})`])],
    [1048, numbers(REQUIRES.map(([, flags]) => flags))],
    [1049, names(REQUIRES.map(([name]) => name))],
    [1050, names(REQUIRES.map(([, , wanted]) => wanted))],
    [1112, numbers([EQUAL, EQUAL])],
    [1113, names([own, own])],
  ];
}

function payloadTags(payload: Uint8Array, size: number): [number, RpmValue][] {
  return [
    [1009, numbers([size])],
    [1124, text("cpio")],
    [1125, text("gzip")],
    [1126, text("6")],
    [5092, names([hexDigest("sha256", payload)])],
    [5093, numbers([8])],
  ];
}

function text(value: string): RpmValue {
  return { type: "text", value };
}

function names(values: readonly string[]): RpmValue {
  return { type: "names", values };
}

function translated(value: string): RpmValue {
  return { type: "translated", values: [value] };
}

function numbers(values: readonly number[]): RpmValue {
  return { type: "int32", values };
}
