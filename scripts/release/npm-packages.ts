/**
 * The npm packages: one for each system with its executable, which npm chooses by `os`, `cpu` and `libc`, and one that
 * depends on them all and starts the one that is there. None has an install script.
 */
import { join } from "node:path";
import type { Archive } from "./archive.ts";
import { type Entry, textEntry } from "./entry.ts";
import type { Source } from "./source.ts";
import { tarGz } from "./tar.ts";
import type { Target } from "./targets.ts";

/** Another project has the name without a scope. */
const SCOPE = "@aws-login";
const MAIN = `${SCOPE}/aws-login`;

type About = Pick<Source, "version" | "description" | "time">;

/** The package for one system. Throws for a target that npm cannot choose. */
export function systemPackage(
  target: Pick<Target, "name" | "executable" | "npm">,
  about: About,
  executable: Uint8Array,
  licences: readonly Entry[],
): Archive {
  const { npm } = target;
  if (npm === undefined) throw new Error(`npm cannot choose ${target.name}`);
  const { os, cpu, libc } = npm;
  const name = packageName(target);
  const manifest = {
    ...common(name, about),
    os: [os],
    cpu: [cpu],
    ...(libc === undefined ? {} : { libc: [libc] }),
    // Yarn starts no executable from within its archives.
    preferUnplugged: true,
  };
  return packed(name, manifest, about, [
    { path: `bin/${target.executable}`, isExecutable: true, bytes: executable },
    textEntry("README.md", `# ${name}\n\nThe executable of ${MAIN} for ${target.name}. Install that one.\n`),
    ...licences,
  ]);
}

/** The package that people install. */
export async function mainPackage(
  targets: readonly Pick<Target, "name" | "npm">[],
  about: About,
  texts: readonly Entry[],
): Promise<Archive> {
  const names = targets.filter(({ npm }) => npm !== undefined).map(packageName);
  const manifest = {
    ...common(MAIN, about),
    bin: { "aws-login": "bin/aws-login.js" },
    engines: { node: ">=18" },
    optionalDependencies: Object.fromEntries(names.map((name) => [name, about.version])),
  };
  const launcher = { path: "bin/aws-login.js", isExecutable: true, bytes: await launcherCode() };
  return packed(MAIN, manifest, about, [launcher, ...texts]);
}

function packageName({ name }: Pick<Target, "name">): string {
  return `${SCOPE}/${name}`;
}

function common(name: string, { version, description }: About): object {
  return { name, version, description, license: "Apache-2.0" };
}

/** As `npm pack` names it, and with the folder that npm expects. */
function packed(name: string, manifest: object, { version, time }: About, files: readonly Entry[]): Archive {
  const entries = [textEntry("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`), ...files];
  const inFolder = entries.map((entry) => ({ ...entry, path: `package/${entry.path}` }));
  const file = name.slice(1).replace("/", "-");
  return { name: `npm/${file}-${version}.tgz`, bytes: tarGz(inFolder, time) };
}

/** The code of `bin/aws-login.js`, for every Node. */
export async function launcherCode(): Promise<Uint8Array> {
  const { outputs } = await Bun.build({
    entrypoints: [join(import.meta.dir, "npm-launcher.ts")],
    target: "node",
    format: "cjs",
    banner: "#!/usr/bin/env node",
  });
  const [code] = outputs;
  if (code === undefined) throw new Error("the launcher has no code");
  return new Uint8Array(await code.arrayBuffer());
}
