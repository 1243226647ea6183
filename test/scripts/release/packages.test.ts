import { describe, expect, test } from "bun:test";
import { apk } from "../../../scripts/release/apk.ts";
import { ar } from "../../../scripts/release/ar.ts";
import { cpio } from "../../../scripts/release/cpio.ts";
import { deb } from "../../../scripts/release/deb.ts";
import { textEntry } from "../../../scripts/release/entry.ts";
import { packageFiles, withFolders } from "../../../scripts/release/package-files.ts";
import { rpm } from "../../../scripts/release/rpm.ts";
import { rpmHeader } from "../../../scripts/release/rpm-header.ts";
import { packageKinds, targets } from "../../../scripts/release/targets.ts";

const about = { version: "1.2.3", description: "what it does", time: 1_767_323_045 };
const texts = [
  "LICENSE",
  "NOTICE",
  "aws-login.1",
  "completions/aws-login.bash",
  "completions/_aws-login",
  "completions/aws-login.fish",
  "README.md",
].map((path) => textEntry(path, `content of ${path}`));
const executable = new TextEncoder().encode("odd");

describe("packageKinds()", () => {
  test("gives glibc systems .deb and .rpm, musl systems .apk, each processor once", () => {
    const kinds = targets.flatMap((target) => packageKinds(target).map((kind) => `${target.name} ${kind}`));
    expect(kinds).toEqual([
      "linux-x64 deb",
      "linux-x64 rpm",
      "linux-arm64 deb",
      "linux-arm64 rpm",
      "linux-x64-musl apk",
      "linux-arm64-musl apk",
    ]);
  });
});

describe("packages", () => {
  test("have the names that their systems give them", () => {
    expect(deb("x64", about, executable, texts).name).toBe("aws-login_1.2.3_amd64.deb");
    expect(rpm("arm64", about, executable, texts).name).toBe("aws-login-1.2.3-1.aarch64.rpm");
    expect(apk("arm64", about, executable, texts).name).toBe("aws-login-1.2.3-r0.aarch64.apk");
  });

  test("order a release candidate before its release, each in its system's way", () => {
    const candidate = { ...about, version: "2.0.0-rc.1" };
    expect(deb("arm64", candidate, executable, texts).name).toBe("aws-login_2.0.0~rc.1_arm64.deb");
    expect(rpm("x64", candidate, executable, texts).name).toBe("aws-login-2.0.0~rc.1-1.x86_64.rpm");
    expect(apk("x64", candidate, executable, texts).name).toBe("aws-login-2.0.0_rc1-r0.x86_64.apk");
    expect(() => apk("x64", { ...about, version: "2.0.0-next" }, executable, texts)).toThrow(
      "Alpine has no version like 2.0.0-next",
    );
  });

  for (const [name, make] of Object.entries({ deb, rpm, apk })) {
    test(`${name}() gives the same bytes each time`, () => {
      expect(make("x64", about, executable, texts)).toEqual(make("x64", about, executable, texts));
    });
  }
});

test("packageFiles() names the document that is missing", () => {
  expect(() => packageFiles("deb", executable, texts.slice(1))).toThrow("there is no LICENSE for a package");
});

test("withFolders() has each folder once, before what it holds", () => {
  expect(withFolders([textEntry("a/b/c", ""), textEntry("a/d", "")]).map(({ path }) => path)).toEqual([
    "a/",
    "a/b/",
    "a/b/c",
    "a/d",
  ]);
});

test("ar() begins each member at an even offset, and refuses a name that has no room", () => {
  const text = new TextDecoder().decode(ar([textEntry("odd", "abc"), textEntry("even", "de")], 7));
  expect(text).toBe(
    "!<arch>\n" +
      `odd             7           0     0     100644  3         \`\nabc\n` +
      `even            7           0     0     100644  2         \`\nde`,
  );
  expect(() => ar([textEntry("x".repeat(17), "")], 7)).toThrow("the name is too long for ar: xxx");
});

test("cpio() ends names and contents at a multiple of four bytes", () => {
  const bytes = cpio([textEntry("a/file", "abcde"), { path: "a/", bytes: new Uint8Array() }], 7);
  expect(bytes.length % 4).toBe(0);
  const text = new TextDecoder().decode(bytes);
  // Inode, mode (a file, 644), owner, group, links, time, size.
  const header = `07070100000001000081a4${"0".repeat(16)}000000010000000700000005`;
  expect(text.startsWith(header)).toBe(true);
  expect(text).toContain("./a/file\0");
  expect(text).toContain("TRAILER!!!\0");
});

test("rpmHeader() puts tags in order, aligns numbers, and closes the region with its trailer", () => {
  const bytes = rpmHeader(
    63,
    new Map([
      [1001, { type: "int32", values: [258] }],
      [1000, { type: "text", value: "ab" }],
    ]),
  );
  const view = new DataView(bytes.buffer);
  const word = (at: number) => view.getUint32(at);
  // Magic, three entries, 24 bytes of store: "ab\0", one byte of padding, a number, the trailer.
  expect([word(0), word(8), word(12)]).toEqual([0x8eade801, 3, 24]);
  expect([word(16), word(24)]).toEqual([63, 8]);
  expect([word(32), word(36), word(40), word(44)]).toEqual([1000, 6, 0, 1]);
  expect([word(48), word(52), word(56), word(60)]).toEqual([1001, 4, 4, 1]);
  expect(word(68)).toBe(258);
  expect([word(72), word(76), view.getInt32(80), word(84)]).toEqual([63, 7, -48, 16]);
});
