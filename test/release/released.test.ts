/** What `bun run release` made, where `AWS_LOGIN_RELEASE` names its folder. */
import { describe, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { distFolder, root } from "../../scripts/project/paths.ts";
import { documents } from "../../scripts/release/documents.ts";
import { type Target, targets } from "../../scripts/release/targets.ts";
import { version } from "../../src/lib/version.ts";
import { isMissing } from "../cli/shells.ts";
import { readme } from "../readme/markdown.ts";
import {
  archiveOf,
  executableOf,
  npmPackage,
  release,
  releasedFile,
  secondRelease,
} from "./support/build.ts";
import { MACHINES as ELF, readElf } from "./support/elf.ts";
import { MACHINES as MACH_O, readMachO } from "./support/mach-o.ts";
import { zipListing } from "./support/zip-listing.ts";

/** Milliseconds to unpack an executable and look at all of it. */
const LIMIT = 60_000;

const folder = release ?? "";

describe.skipIf(release === undefined)("a release (needs AWS_LOGIN_RELEASE)", () => {
  test("has the checksum of every file that is in it", async () => {
    const sums = await Bun.file(join(folder, "SHA256SUMS")).text();
    const named = sums
      .trim()
      .split("\n")
      .map((line) => line.slice(66));
    const there = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = there.filter((entry) => entry.isFile() && entry.name !== "SHA256SUMS");
    const paths = files.map(({ parentPath, name }) => join(relative(folder, parentPath), name));
    expect(named.toSorted()).toEqual(paths.toSorted());
  });

  test.skipIf(releasedFile("aws-login.rb") === undefined)(
    "has manifests with the checksums of its archives (needs a release with AWS_LOGIN_REPOSITORY)",
    async () => {
      const sums = await Bun.file(join(folder, "SHA256SUMS")).text();
      const winget = "winget/*.installer.yaml";
      const [installer = ""] = await Array.fromAsync(new Bun.Glob(winget).scan(folder));
      for (const name of ["aws-login.rb", "aws-login.json", installer]) {
        const named = (await Bun.file(join(folder, name)).text()).match(/\b[0-9a-f]{64}\b/gi) ?? [];
        expect(named.length).toBeGreaterThan(1);
        expect(named.filter((sum) => !sums.includes(sum.toLowerCase()))).toEqual([]);
      }
    },
  );

  test("has an npm package for each of its targets that npm can choose", () => {
    const made = targets.filter((target) => archiveOf(target) !== undefined);
    expect(made.filter(({ name }) => npmPackage(name) !== undefined)).toEqual(made.filter(({ npm }) => npm));
    expect(npmPackage("aws-login")).toBeDefined();
  });

  test.skipIf(isMissing("sha256sum"))(
    "passes sha256sum --check (needs sha256sum)",
    () => {
      const { exitCode, stderr } = Bun.spawnSync(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        {
          cwd: folder,
        },
      );
      expect([exitCode, `${stderr}`]).toEqual([0, ""]);
    },
    LIMIT,
  );

  test.skipIf(secondRelease === undefined)(
    "is the same, byte for byte, when it is made in another place (needs AWS_LOGIN_RELEASE_AGAIN)",
    async () => {
      const lines = async (of: string) => (await Bun.file(join(of, "SHA256SUMS")).text()).trim().split("\n");
      const again = await lines(secondRelease ?? "");
      expect(again.length).toBeGreaterThan(1);
      const first = await lines(folder);
      expect(again.filter((line) => !first.includes(line))).toEqual([]);
    },
  );
});

for (const target of release === undefined ? [] : targets) {
  const isAbsent = archiveOf(target) === undefined;
  describe.skipIf(isAbsent)(`${target.name} (needs a release with it)`, () => {
    test(
      "is for that system, and holds nothing of the place where it was made",
      async () => {
        const bytes = await executableOf(target);
        checkFormat(target, bytes);
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const traces = [root, distFolder, join(homedir(), ".bun"), "/runtimes-", "aws-login/dist"];
        expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
      },
      LIMIT,
    );

    if (target.archive === "zip") {
      test.skipIf(isMissing("python3"))(
        "is a zip archive with the same executable as the npm package (needs python3)",
        async () => {
          const files = zipListing(archiveOf(target) ?? "");
          const path = `aws-login-${version}-${target.name}`;
          const names = (await documents({ version, time: 0 })).map((entry) => entry.path);
          expect(files.map((file) => file.path).toSorted()).toEqual(
            [...names, target.executable].map((name) => `${path}/${name}`).toSorted(),
          );
          const sum = new Bun.CryptoHasher("sha256").update(await executableOf(target)).digest("hex");
          expect(files.find((file) => file.path.endsWith(".exe"))?.sha256).toBe(sum);
        },
        LIMIT,
      );
    }
  });
}

function checkFormat(target: Target, bytes: Uint8Array): void {
  const [system = "", cpu = ""] = target.name.split("-");
  if (system === "linux") checkElf(target.name, cpu, bytes);
  else if (system === "darwin") checkMachO(cpu, bytes);
  else checkPe(cpu, bytes);
}

/** What README.md says of each: glibc builds need nothing but glibc, the musl builds `apk add libstdc++`. */
function checkElf(name: string, cpu: string, bytes: Uint8Array): void {
  const { machine, interpreter, needed, glibc } = readElf(bytes);
  const isArm = cpu === "arm64";
  expect(machine).toBe(isArm ? ELF.arm64 : ELF.x64);
  if (name.endsWith("-musl")) {
    const architecture = isArm ? "aarch64" : "x86_64";
    expect(interpreter).toBe(`/lib/ld-musl-${architecture}.so.1`);
    expect(needed.toSorted()).toEqual([`libc.musl-${architecture}.so.1`, "libstdc++.so.6"]);
    expect(readme).toContain("`apk add libstdc++`");
    return;
  }
  const loader = isArm ? "ld-linux-aarch64.so.1" : "ld-linux-x86-64.so.2";
  expect(interpreter).toBe(isArm ? `/lib/${loader}` : `/lib64/${loader}`);
  // All of them are glibc's own.
  expect(needed.toSorted()).toEqual(
    [loader, "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"].toSorted(),
  );
  expect(readme).toContain(`glibc ${glibc} or later`);
}

function checkMachO(cpu: string, bytes: Uint8Array): void {
  const { machine, ends, signature } = readMachO(bytes);
  expect(machine).toBe(cpu === "arm64" ? MACH_O.arm64 : MACH_O.x64);
  expect(ends).toEqual({ file: bytes.length, segments: bytes.length, signature: bytes.length });
  const { identifier, isAdHoc, covered, start, wrongPages } = signature;
  expect({ identifier, isAdHoc, wrongPages }).toEqual({
    identifier: "aws-login",
    isAdHoc: true,
    wrongPages: [],
  });
  expect(covered).toBe(start);
}

/** After Microsoft's PE format: where the header is, its signature, and the machine. */
function checkPe(cpu: string, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = view.getUint32(0x3c, true);
  expect(view.getUint32(header)).toBe(0x50450000);
  expect(view.getUint16(header + 4, true)).toBe(cpu === "arm64" ? 0xaa64 : 0x8664);
}
