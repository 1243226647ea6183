/**
 * `bun run release`: an archive for every target with its executable, completions, man page and texts, packages for npm
 * and for Linux systems, and checksums, in `dist/release`. `bun run release linux-arm64 …` makes those targets alone.
 * `AWS_LOGIN_REPOSITORY=https://github.com/OWNER/NAME` adds the manifests of Homebrew, Scoop and winget, which say where
 * the archives are. The same commit gives the same bytes, on whatever machine. Bun fetches the runtimes of the targets
 * from the npm registry, once each.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundleProgram } from "./project/bundle.ts";
import { compile } from "./project/compile.ts";
import { distFolder, root } from "./project/paths.ts";
import { apk } from "./release/apk.ts";
import { type Archive, archive } from "./release/archive.ts";
import { hexDigest } from "./release/bytes.ts";
import { checksums } from "./release/checksums.ts";
import { deb } from "./release/deb.ts";
import { dockerfile } from "./release/dockerfile.ts";
import { documents } from "./release/documents.ts";
import { downloads, type Repository, repositoryOf } from "./release/downloads.ts";
import { homebrewFormula } from "./release/homebrew.ts";
import { signed } from "./release/mac-signature.ts";
import { mainPackage, systemPackage } from "./release/npm-packages.ts";
import type { PackageKind } from "./release/package-files.ts";
import { rpm } from "./release/rpm.ts";
import { fetchRuntimes, type Runtimes } from "./release/runtimes.ts";
import { scoopManifest } from "./release/scoop.ts";
import { readSource, type Source, warnings } from "./release/source.ts";
import { chosenTargets, targets as everyTarget, packageKinds, type Target } from "./release/targets.ts";
import { wingetManifests } from "./release/winget.ts";

const folder = join(distFolder, "release");
const PACKAGES = { deb, rpm, apk } satisfies Readonly<Record<PackageKind, unknown>>;

// What is compiled in another working directory has other bytes.
process.chdir(root);
try {
  await release(chosenTargets(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function release(targets: readonly Target[]): Promise<void> {
  const source = await readSource(process.env);
  const repository = repositoryOf(process.env.AWS_LOGIN_REPOSITORY);
  for (const why of warnings(source)) console.error(`warning: this release cannot be reproduced: ${why}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "npm"), { recursive: true });
  const texts = await documents(source);
  const licences = texts.filter(({ path }) => path === "LICENSE" || path === "NOTICE");
  const sums = new Map<string, string>();
  const keep = async ({ name, bytes }: Archive) => {
    await Bun.write(join(folder, name), bytes);
    sums.set(name, hexDigest("sha256", bytes));
    console.log(name);
  };

  const runtimes = await fetchRuntimes(targets);
  try {
    for (const target of targets) {
      const executable = await build(target, runtimes);
      await keep(archive(target, source, executable, texts));
      if (target.npm !== undefined) await keep(systemPackage(target, source, executable, licences));
      const processor = target.name.includes("arm64") ? "arm64" : "x64";
      for (const kind of packageKinds(target)) {
        await keep(PACKAGES[kind](processor, source, executable, texts));
      }
    }
  } finally {
    await runtimes.remove();
  }
  await keep(await mainPackage(chosenTargets([]), source, texts.filter(isNpmText)));
  await keep(dockerfile(source.version));
  for (const manifest of manifests(repository, source, targets, sums)) await keep(manifest);
  const files = [...sums.keys()];
  await Bun.write(join(folder, "SHA256SUMS"), await checksums(folder, files));
  console.log(`${files.length} files and SHA256SUMS in ${folder}, of commit ${source.commit ?? "unknown"}`);
}

/** What package managers read: an address and a checksum of each archive, so all archives must be there. */
function manifests(
  repository: Repository | undefined,
  source: Source,
  targets: readonly Target[],
  sums: ReadonlyMap<string, string>,
): readonly Archive[] {
  if (repository === undefined || targets.length < everyTarget.length) {
    console.log(
      "no manifests: they need every target, and AWS_LOGIN_REPOSITORY to say where the archives are",
    );
    return [];
  }
  const from = downloads(repository, source.version, targets, sums);
  return [
    homebrewFormula(repository, source, from),
    scoopManifest(repository, source, from),
    ...wingetManifests(repository, source, from),
  ];
}

/** All that a person reads as it is: npm puts no man page and no completion where it is looked for. */
function isNpmText({ path }: { readonly path: string }): boolean {
  return path !== "aws-login.1" && !path.startsWith("completions/");
}

async function build(target: Target, runtimes: Runtimes): Promise<Uint8Array> {
  const workshop = await mkdtemp(join(distFolder, "build-"));
  try {
    const outfile = join(workshop, target.executable);
    await compile({ bundle: bundleProgram, outfile, target: target.bun, runtime: runtimes.of(target) });
    const bytes = await Bun.file(outfile).bytes();
    return target.name.startsWith("darwin-") ? signed(bytes) : bytes;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}
