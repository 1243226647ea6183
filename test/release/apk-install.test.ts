/**
 * The Alpine packages, installed by Chainguard's implementation of apk, which shares no code with Alpine's. `AWS_LOGIN_APK`
 * names the program that `.ci/apk` builds.
 */
import { describe, expect } from "bun:test";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { hexDigest } from "../../scripts/release/bytes.ts";
import { targets } from "../../scripts/release/targets.ts";
import { SHELLS } from "../../src/cli/command-names.ts";
import { version, versionLine } from "../../src/lib/version.ts";
import { muslScenario } from "../end-to-end/support/musl-scene.ts";
import { type Ended, start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { apkStreams } from "./support/apk-streams.ts";
import { executableOf } from "./support/build.ts";
import { APK_FILES, filesIn } from "./support/installed-files.ts";
import { madePackage, packageFor } from "./support/packages.ts";

const program = process.env.AWS_LOGIN_APK ?? "";

/** Milliseconds: a released package has 110 MB to unpack. */
const limit = 120_000;

const installed: Ended = { status: 0, stdout: `aws-login ${version}-r0\n`, stderr: "" };
const executable = "usr/bin/aws-login";

/** Installs the package into a system of its own. */
async function install(scene: Scene, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) {
  const system = join(scene.root, "alpine");
  const path = join(scene.work, name);
  await Bun.write(path, bytes);
  return { system, ended: await start([program, path, system], scene.env, scene.work).ended };
}

/** What apk keeps of the only package: its fields, and the checksum of each file by its path. */
async function database(system: string) {
  const lines = (await Bun.file(join(system, "lib/apk/db/installed")).text()).trimEnd().split("\n");
  const fields: Record<string, string> = {};
  const checksums: Record<string, string> = {};
  let [folder, file] = ["", ""];
  for (const line of lines) {
    const [letter = "", value] = [line[0], line.slice(2)];
    if (letter === "F") folder = value;
    else if (letter === "R") file = join(folder, value);
    else if (letter === "Z") checksums[file] = value;
    else fields[letter] = value;
  }
  return { fields, checksums };
}

const processors = [
  ["x64", "x86_64"],
  ["arm64", "aarch64"],
] as const;

describe.skipIf(program === "")("the .apk installed (needs AWS_LOGIN_APK)", () => {
  for (const [processor, architecture] of processors) {
    scenario(
      `has each file where Alpine wants it, for ${architecture}`,
      async (scene) => {
        const made = await packageFor("apk", processor);
        const { system, ended } = await install(scene, made);
        expect(ended).toEqual(installed);
        expect((await filesIn(system, "lib/apk/")).filter((path) => !path.startsWith("etc/apk/"))).toEqual([
          ...APK_FILES,
        ]);
        const content = (path: string) => Bun.file(join(system, path)).bytes();
        const text = (path: string) => Bun.file(join(system, path)).text();

        const { fields, checksums } = await database(system);
        expect(fields).toMatchObject({
          P: "aws-login",
          V: `${version}-r0`,
          A: architecture,
          D: `so:libc.musl-${architecture}.so.1 so:libstdc++.so.6`,
        });
        expect(Object.keys(checksums).toSorted()).toEqual([...APK_FILES]);
        for (const path of APK_FILES) {
          const sha1 = hexDigest("sha1", await content(path));
          expect([path, checksums[path]]).toEqual([path, `Q1${Buffer.from(sha1, "hex").toString("base64")}`]);
          expect([path, (await stat(join(system, path))).mode & 0o777]).toEqual([
            path,
            path === executable ? 0o755 : 0o644,
          ]);
        }

        const completions: Readonly<Record<string, string>> = {
          bash: "usr/share/bash-completion/completions/aws-login",
          zsh: "usr/share/zsh/site-functions/_aws-login",
          fish: "usr/share/fish/vendor_completions.d/aws-login.fish",
        };
        for (const shell of SHELLS.filter((name) => name in completions)) {
          const printed = await scene.run(["completion", shell]);
          expect(printed).toEqual({ status: 0, stdout: await text(completions[shell] ?? ""), stderr: "" });
        }
        const page = Bun.gunzipSync(await content("usr/share/man/man1/aws-login.1.gz"));
        expect(new TextDecoder().decode(page)).toContain("\n.SH NAME\n");

        const target = targets.find(({ name }) => name === `linux-${processor}-musl`);
        if (!made.isReleased || target === undefined) return;
        const inArchive = hexDigest("sha256", await executableOf(target));
        expect(hexDigest("sha256", await content(executable))).toBe(inArchive);
      },
      { limit },
    );
  }

  muslScenario(
    "on musl says its version",
    async (scene) => {
      const made = await packageFor("apk", "x64");
      expect(made.isReleased).toBe(true);
      const { system, ended } = await install(scene, made);
      expect(ended).toEqual(installed);
      const run = await start([join(system, executable), "version"], scene.env, scene.work).ended;
      expect(run).toEqual({ status: 0, stdout: versionLine, stderr: "" });
    },
    { limit },
  );
});

/** The same bytes with other bits at this place. */
function withDamage(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((byte, index) => (index === place ? byte ^ 1 : byte));
}

/** Each makes a whole package of the streams, and what is said of it. */
const damages = {
  "a byte in the middle of the control file": ({ control, data }) => ({
    parts: [withDamage(control, control.length >> 1), data],
    reason: /./,
  }),
  "a byte in the middle of the data": ({ control, data }) => ({
    parts: [control, withDamage(data, data.length >> 1)],
    reason: /./,
  }),
  // The time in the header of gzip, which unpacking does not look at.
  "a byte of the data that changes no file": ({ control, data }) => ({
    parts: [control, withDamage(data, 4)],
    reason: /^the datahash is "[0-9a-f]{64}", but the data has [0-9a-f]{64}$/,
  }),
  "a byte of a file, compressed anew": ({ control, data }) => {
    const unpacked = Bun.gunzipSync(data);
    const inProgram = Buffer.from(unpacked).indexOf("#!/bin/sh\nexec ");
    return {
      parts: [control, Bun.gzipSync(Uint8Array.from(withDamage(unpacked, inProgram)))],
      reason: /^checking sums: checksum mismatch: usr\/bin\/aws-login header was /,
    };
  },
} satisfies Record<
  string,
  (streams: ReturnType<typeof apkStreams>) => { parts: readonly Uint8Array[]; reason: RegExp }
>;

describe.skipIf(program === "")("a damaged .apk (needs AWS_LOGIN_APK)", () => {
  for (const [name, damage] of Object.entries(damages)) {
    scenario(`is refused before anything is written: ${name}`, async (scene) => {
      const made = await madePackage("apk", "x64");
      const { parts, reason } = damage(apkStreams(made.bytes));
      const { system, ended } = await install(scene, { name: made.name, bytes: Buffer.concat(parts) });
      const { status, stdout, stderr } = ended;
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      const said = `checking ${join(scene.work, made.name)}: `;
      expect(stderr).toStartWith(said);
      expect(stderr.slice(said.length).trimEnd()).toMatch(reason);
      expect(existsSync(system)).toBe(false);
      expect(await readdir(scene.env.TMPDIR ?? "")).toEqual([]);
    });
  }
});
