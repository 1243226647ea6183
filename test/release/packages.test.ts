/** What dpkg, rpm and tar make of the Linux packages: they install, run, verify and remove them in roots of their own. */
import { describe, expect } from "bun:test";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { hexDigest } from "../../scripts/release/bytes.ts";
import { GLIBC } from "../../scripts/release/deb.ts";
import type { PackageKind } from "../../scripts/release/package-files.ts";
import { version, versionLine } from "../../src/lib/version.ts";
import { isMissing } from "../cli/shells.ts";
import { start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { apkStreams } from "./support/apk-streams.ts";
import { readElf } from "./support/elf.ts";
import { APK_FILES, DEB_FILES, filesIn, RPM_FILES } from "./support/installed-files.ts";
import { packageFor } from "./support/packages.ts";

/** Writes the package into the scene; answers its path. */
async function write(scene: Scene, kind: PackageKind): Promise<string> {
  const { name, bytes } = await packageFor(kind);
  const path = join(scene.work, name);
  await Bun.write(path, bytes);
  return path;
}

describe.skipIf(isMissing("dpkg"))("the .deb (needs dpkg)", () => {
  scenario("is installed, verified and removed by dpkg, and nothing stays", async (scene) => {
    const path = await write(scene, "deb");
    const root = join(scene.root, "debian");
    await mkdir(join(root, "var/lib/dpkg/info"), { recursive: true });
    await mkdir(join(root, "var/lib/dpkg/updates"));
    await Bun.write(join(root, "var/lib/dpkg/status"), "");
    // Neither the rights nor the C library of a whole system.
    const options = [`--root=${root}`, "--force-not-root", "--force-depends", "--log=/dev/null"];
    const env = { ...scene.env, PATH: `${scene.env.PATH}:/usr/sbin:/sbin`, LC_ALL: "C" };
    const dpkg = async (...args: readonly string[]) => {
      const { status, stdout, stderr } = await start(["dpkg", ...options, ...args], env, scene.work).ended;
      expect([status, stderr.replace(/^dpkg: aws-login: dep.*\n.*\n.*\n\n$/, "")]).toEqual([0, ""]);
      return stdout;
    };
    const about = await start(["dpkg-deb", "--field", path], env, scene.work).ended;
    expect(about.stdout).toContain(`\nVersion: ${version}\n`);
    expect(about.stdout).toContain(`\nDepends: libc6 (>= ${GLIBC})\n`);

    await dpkg("--install", path);
    expect(await filesIn(root, "var/")).toEqual([...DEB_FILES]);
    const run = await start([join(root, "usr/bin/aws-login"), "version"], scene.env, scene.work).ended;
    expect(run).toEqual({ status: 0, stdout: versionLine, stderr: "" });
    expect(await dpkg("--verify", "aws-login")).toBe("");
    await dpkg("--remove", "aws-login");
    expect(await filesIn(root, "var/")).toEqual([]);
    expect(existsSync(join(root, "usr/share/doc/aws-login"))).toBe(false);
  });
});

describe.skipIf(isMissing("rpm"))("the .rpm (needs rpm)", () => {
  scenario("is read, checked, installed, verified and removed by rpm, and nothing stays", async (scene) => {
    const path = await write(scene, "rpm");
    const root = join(scene.root, "fedora");
    await mkdir(root);
    const rpm = async (...args: readonly string[]) => {
      const argv = ["rpm", "--root", root, ...args];
      const { status, stdout, stderr } = await start(argv, { ...scene.env, LC_ALL: "C" }, scene.work).ended;
      // Debian's rpm asks not to be used for Debian itself.
      expect([status, stderr.replace(/^rpm: .*\n/gm, "")]).toEqual([0, ""]);
      return stdout;
    };
    const copy = join(root, "package.rpm");
    await Bun.write(copy, Bun.file(path));
    const about = await rpm("-qip", copy);
    expect(about).toMatch(/^Name {8}: aws-login\nVersion {5}: .*\nRelease {5}: 1\n/);
    expect(about).toContain(`: ${version}\n`);
    expect(await rpm("-qp", "--requires", copy)).toContain(`libc.so.6(GLIBC_${GLIBC})(64bit)\n`);
    expect((await rpm("-Kv", copy)).split("\n").slice(1, -1)).toEqual([
      "    Header SHA256 digest: OK",
      "    Header SHA1 digest: OK",
      "    Payload SHA256 digest: OK",
      "    MD5 digest: OK",
    ]);

    await rpm("--nodeps", "-i", copy);
    const there = async () => (await filesIn(join(root, "usr"), "lib/")).map((file) => `usr/${file}`);
    expect(await there()).toEqual([...RPM_FILES]);
    const run = await start([join(root, "usr/bin/aws-login"), "version"], scene.env, scene.work).ended;
    expect(run).toEqual({ status: 0, stdout: versionLine, stderr: "" });
    expect(await rpm("--nodeps", "-V", "aws-login")).toBe("");
    await rpm("-e", "aws-login");
    expect(await there()).toEqual([]);
    expect(existsSync(join(root, "usr/share/licenses/aws-login"))).toBe(false);
  });
});

/** Python reads the extended headers of tar, which no tar prints. */
const LIST = `
import hashlib, json, sys, tarfile
archive = tarfile.open(sys.argv[1], "r:gz")
print(json.dumps([[
    member.name, member.mode, member.pax_headers.get("APK-TOOLS.checksum.SHA1"),
    hashlib.sha1(archive.extractfile(member).read()).hexdigest() if member.isfile() else None,
] for member in archive]))
`;

// Debian has no apk: its reader's rules are checked one by one. `apk-install.test.ts` installs the package.
describe.skipIf(isMissing("python3"))("the .apk (needs python3)", () => {
  scenario(
    "has the control file alone in its first stream, and the checksums that apk asks for",
    async (scene) => {
      const path = await write(scene, "apk");
      const bytes = await Bun.file(path).bytes();
      const listed = await start(["python3", "-c", LIST, path], scene.env, scene.work).ended;
      expect([listed.status, listed.stderr]).toEqual([0, ""]);
      const members: [string, number, string | undefined, string | undefined][] = JSON.parse(listed.stdout);
      const [control, ...rest] = members;
      expect(control?.[0]).toBe(".PKGINFO");
      const files = rest.filter(([, mode]) => mode === 0o644 || members.length === 0);
      expect(files.length).toBeGreaterThan(3);
      for (const [, , said, real] of rest) expect(said ?? null).toBe(real ?? null);
      const paths = rest.map(([name]) => name);
      expect(rest.filter(([, , said]) => said).map(([name]) => name)).toEqual([...APK_FILES]);
      for (const file of APK_FILES) {
        expect(paths.indexOf(file.slice(0, file.lastIndexOf("/")))).toBeLessThan(paths.indexOf(file));
        expect(paths).toContain(file.slice(0, file.lastIndexOf("/")));
      }

      const fields = (await start(["tar", "-xzOf", path, ".PKGINFO"], scene.env, scene.work).ended).stdout;
      const value = (name: string) =>
        [...fields.matchAll(new RegExp(`^${name} = (.*)$`, "gm"))].map(([, v]) => v);
      expect(value("pkgver")).toEqual([`${version}-r0`]);
      const { control: zipped, data } = apkStreams(bytes);
      expect(value("datahash")).toEqual([hexDigest("sha256", data)]);
      const first = Bun.gunzipSync(zipped);
      // A header and a block with the file, without the end of an archive.
      expect(first.length).toBe(1024);

      if (!(await packageFor("apk")).isReleased) return;
      const { stdout } = Bun.spawnSync(["tar", "-xzOf", path, "usr/bin/aws-login"], { stderr: "ignore" });
      expect(value("depend").toSorted()).toEqual(
        readElf(stdout)
          .needed.map((library) => `so:${library}`)
          .toSorted(),
      );
    },
  );
});
