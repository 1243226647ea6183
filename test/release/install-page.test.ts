/** The commands of README.md and docs/install.md for Linux, run as they stand there, with a system root that `sudo` leads to. */
import { describe, expect } from "bun:test";
import { chmod, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { hexDigest } from "../../scripts/release/bytes.ts";
import { versionLine } from "../../src/lib/version.ts";
import { isMissing } from "../cli/shells.ts";
import { start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { blocks, readme, tableRows } from "../readme/markdown.ts";
import { root } from "../support/source-tree.ts";
import { thisMachine } from "./support/build.ts";
import { archiveForThisMachine, packageFor } from "./support/packages.ts";

const page = await Bun.file(join(root, "docs/install.md")).text();

/** The commands of the section with this heading. */
function commands(heading: string): string {
  const [, section = ""] = page.split(`\n## ${heading}\n`);
  const [block] = blocks(section.split("\n## ")[0] ?? "");
  if (block?.language !== "sh") throw new Error(`docs/install.md has no commands for ${heading}`);
  return block.text;
}

/** The lines of README.md that verify a download, install it on this system, start it, and remove it. */
function readmeCommands(system: string): string {
  const [, section = ""] = readme.split("\n## Install\n");
  const [verify] = blocks(section);
  const row = tableRows(section, "System").find(([name]) => name === system);
  if (verify?.language !== "sh" || row === undefined) throw new Error(`README.md has no lines for ${system}`);
  const [, install, remove] = row;
  return `${verify.text}${install}\naws-login version\n${remove}\n`;
}

/** The list with the checksums of these downloads. */
function checksums(downloads: readonly { readonly name: string; readonly bytes: Uint8Array }[]) {
  const lines = downloads.map(({ name, bytes }) => `${hexDigest("sha256", bytes)}  ${name}\n`);
  return { name: "SHA256SUMS", bytes: new TextEncoder().encode(lines.join("")) };
}

/**
 * Runs the commands in a folder with these downloads. There `sudo` is a program that leads dpkg and rpm to an
 * empty root, whose programs come first on PATH. Answers what the commands print, and the files that they leave.
 */
async function follow(
  scene: Scene,
  lines: string,
  downloads: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<{ readonly stdout: string; readonly left: readonly string[] }> {
  const system = join(scene.root, "system");
  await mkdir(join(system, "var/lib/dpkg/info"), { recursive: true });
  await mkdir(join(system, "var/lib/dpkg/updates"));
  await Bun.write(join(system, "var/lib/dpkg/status"), "");
  for (const { name, bytes } of downloads) await Bun.write(join(scene.work, name), bytes);
  const tools = join(scene.root, "tools");
  const sudo = [
    "#!/bin/sh",
    "program=$1; shift",
    "case $program in",
    `dpkg) exec dpkg --root='${system}' --force-not-root --force-depends --log=/dev/null "$@" ;;`,
    `rpm) exec rpm --root '${system}' --dbpath /var/lib/rpm --nodeps "$@" ;;`,
    "esac",
  ];
  await Bun.write(join(tools, "sudo"), `${sudo.join("\n")}\n`);
  await chmod(join(tools, "sudo"), 0o755);

  const programs = [tools, join(system, "usr/bin"), join(scene.home, ".local/bin")];
  const env = { ...scene.env, PATH: `${programs.join(":")}:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: "C" };
  const argv = ["bash", "--norc", "--noprofile", "-e", "-c", lines];
  const { status, stdout, stderr } = await start(argv, env, scene.work).ended;
  // The errors are part of the comparison so that a failure shows them.
  expect(status === 0 ? "" : stderr).toBe("");
  const files = async (folder: string) => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  };
  const inSystem = (await files(system)).filter((path) => !/\/var\/lib\//.test(path));
  return { stdout, left: [...inSystem, ...(await files(scene.home))] };
}

const systems = [
  ["Debian, Ubuntu", "Debian and Ubuntu", "deb", "dpkg"],
  ["Fedora, RHEL, SUSE", "Fedora, RHEL and SUSE", "rpm", "rpm"],
] as const;

describe.skipIf(thisMachine?.name !== "linux-x64")("docs/install.md (needs Linux on x64)", () => {
  scenario("checks the downloads as the section Verify says", async (scene) => {
    const one = { name: "one.deb", bytes: new Uint8Array([1]) };
    const sums = `${hexDigest("sha256", one.bytes)}  one.deb\n${"0".repeat(64)}  not-downloaded.rpm\n`;
    const list = { name: "SHA256SUMS", bytes: new TextEncoder().encode(sums) };
    expect((await follow(scene, commands("Verify"), [one, list])).stdout).toBe("one.deb: OK\n");
  });

  scenario("installs, starts and removes the archive on any Linux", async (scene) => {
    expect(await follow(scene, commands("Any Linux"), [await archiveForThisMachine()])).toEqual({
      stdout: versionLine,
      left: [],
    });
  });

  for (const [, heading, kind, tool] of systems) {
    describe.skipIf(isMissing(tool))(`${heading} (needs ${tool})`, () => {
      scenario(`installs, starts and removes the .${kind}`, async (scene) => {
        const { stdout, left } = await follow(scene, commands(heading), [await packageFor(kind)]);
        expect(stdout).toContain(versionLine);
        expect(left).toEqual([]);
      });
    });
  }
});

describe.skipIf(thisMachine?.name !== "linux-x64")("README.md (needs Linux on x64)", () => {
  scenario("verifies, installs, starts and removes the archive on Linux", async (scene) => {
    const archive = await archiveForThisMachine();
    const lines = readmeCommands("Linux");
    expect(await follow(scene, lines, [archive, checksums([archive])])).toEqual({
      stdout: `${archive.name}: OK\n${versionLine}`,
      left: [],
    });
  });

  scenario("installs nothing that is not what was released", async (scene) => {
    const archive = await archiveForThisMachine();
    const other = { name: archive.name, bytes: new Uint8Array([1]) };
    const failed = await follow(scene, readmeCommands("Linux"), [other, checksums([archive])]).catch(String);
    expect(failed).toContain("computed checksum did NOT match");
  });

  for (const [system, , kind, tool] of systems) {
    describe.skipIf(isMissing(tool))(`${system} (needs ${tool})`, () => {
      scenario(`verifies, installs, starts and removes the .${kind}`, async (scene) => {
        const file = await packageFor(kind);
        const { stdout, left } = await follow(scene, readmeCommands(system), [file, checksums([file])]);
        expect(stdout).toStartWith(`${file.name}: OK\n`);
        expect(stdout).toContain(versionLine);
        expect(left).toEqual([]);
      });
    });
  }
});
