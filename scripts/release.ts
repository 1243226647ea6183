/**
 * `bun run release`: an archive for every target with its executable, completions, man page and texts, npm packages,
 * and checksums, in `dist/release`. `bun run release linux-arm64 …` makes those targets alone. The same commit gives
 * the same bytes, on whatever machine. Bun fetches the runtimes of the targets from the npm registry, once each.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "./project/compile.ts";
import { distFolder, entry, root } from "./project/paths.ts";
import { type Archive, archive } from "./release/archive.ts";
import { checksums } from "./release/checksums.ts";
import { documents } from "./release/documents.ts";
import { signed } from "./release/mac-signature.ts";
import { mainPackage, systemPackage } from "./release/npm-packages.ts";
import { fetchRuntimes, type Runtimes } from "./release/runtimes.ts";
import { readSource, warnings } from "./release/source.ts";
import { chosenTargets, type Target } from "./release/targets.ts";

const folder = join(distFolder, "release");

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
  for (const why of warnings(source)) console.error(`warning: this release cannot be reproduced: ${why}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "npm"), { recursive: true });
  const texts = await documents(source);
  const licences = texts.filter(({ path }) => path === "LICENSE" || path === "NOTICE");
  const files: string[] = [];
  const keep = async ({ name, bytes }: Archive) => {
    await Bun.write(join(folder, name), bytes);
    files.push(name);
    console.log(name);
  };

  const runtimes = await fetchRuntimes(targets);
  try {
    for (const target of targets) {
      const executable = await build(target, runtimes);
      await keep(archive(target, source, executable, texts));
      if (target.npm !== undefined) await keep(systemPackage(target, source, executable, licences));
    }
  } finally {
    await runtimes.remove();
  }
  await keep(await mainPackage(chosenTargets([]), source, texts.filter(isNpmText)));
  await Bun.write(join(folder, "SHA256SUMS"), await checksums(folder, files));
  console.log(`${files.length} files and SHA256SUMS in ${folder}, of commit ${source.commit ?? "unknown"}`);
}

/** All that a person reads as it is: npm puts no man page and no completion where it is looked for. */
function isNpmText({ path }: { readonly path: string }): boolean {
  return path !== "aws-login.1" && !path.startsWith("completions/");
}

async function build(target: Target, runtimes: Runtimes): Promise<Uint8Array> {
  const workshop = await mkdtemp(join(distFolder, "build-"));
  try {
    const outfile = join(workshop, target.executable);
    await compile({ entry, outfile, target: target.bun, runtime: runtimes.of(target) });
    const bytes = await Bun.file(outfile).bytes();
    return target.name.startsWith("darwin-") ? signed(bytes) : bytes;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}
