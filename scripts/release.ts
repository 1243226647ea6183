/**
 * `bun run release`: every target's executable, completions, licence and checksums, in `dist/release`. Bun fetches
 * the runtimes of the other targets from the npm registry, once each.
 */
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "./project/compile.ts";
import { buildExecutable } from "./project/executable.ts";
import { distFolder, entry, executable, root } from "./project/paths.ts";
import { checksums } from "./release/checksums.ts";
import { targets } from "./release/targets.ts";

const folder = join(distFolder, "release");
const shells = {
  bash: "aws-login.bash",
  zsh: "_aws-login",
  fish: "aws-login.fish",
  powershell: "aws-login.ps1",
};

const { version } = await Bun.file(join(root, "package.json")).json();
await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, "completions"), { recursive: true });

const files: string[] = [];
for (const { name, bun, suffix } of targets) {
  const file = `aws-login-${version}-${name}${suffix}`;
  console.log(file);
  await compile({ entry, outfile: join(folder, file), target: bun });
  files.push(file);
}

await buildExecutable();
for (const [shell, name] of Object.entries(shells)) {
  const file = `completions/${name}`;
  await Bun.write(join(folder, file), printed(["completion", shell]));
  files.push(file);
}
await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
files.push("LICENSE");
await Bun.write(join(folder, "SHA256SUMS"), await checksums(folder, files));
console.log(`${files.length} files and SHA256SUMS in ${folder}`);

/** What this machine's executable prints. */
function printed(args: readonly string[]): string {
  const { success, stdout, stderr } = Bun.spawnSync([executable, ...args]);
  if (!success) throw new Error(`aws-login ${args.join(" ")} failed: ${stderr}`);
  return stdout.toString();
}
