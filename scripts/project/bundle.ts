/**
 * The program's modules in the files that the executable has, of which a start loads only what it runs. In one file all
 * functions would be made at a start; the bundler's own splitting makes 180 files.
 */
import { mkdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { inProject, type Modules, readModules } from "./modules.ts";
import { partOf, program, wholeFiles } from "./parts.ts";
import { root } from "./paths.ts";

/** The file of the executable that has each module that `program` reaches. */
export function filesOfModules(modules: Modules): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const later = new Set<string>();
  const place = (path: string, file: string | undefined): void => {
    if (files.has(path)) return;
    files.set(path, file ?? partOf(path));
    for (const target of modules.get(path)?.imports.keys() ?? []) place(target, file);
    for (const target of modules.get(path)?.loads ?? []) later.add(target);
  };
  place(program, nameOf(program));
  for (const path of later) place(path, undefined);
  return files;
}

function isWhole(path: string): boolean {
  return wholeFiles.some((whole) => whole === path);
}

function nameOf(path: string): string {
  return basename(path, ".ts");
}

/** As `CompileRequest.bundle`, for one file with all that it imports. */
export function bundleAlone(entry: string) {
  return async (folder: string): Promise<readonly [string]> => {
    await bundle([entry], folder, () => undefined);
    return [`${nameOf(entry)}.js`];
  };
}

/** As `CompileRequest.bundle`, for the program. */
export async function bundleProgram(folder: string): Promise<readonly [string, ...string[]]> {
  const modules = await readModules();
  const files = filesOfModules(modules);
  for (const whole of wholeFiles) {
    await bundle([join(root, whole)], folder, (target) =>
      isWhole(target) || target === program ? nameOf(target) : undefined,
    );
  }
  const entries = join(folder, "entries");
  await mkdir(entries);
  const names = [...new Set(files.values())].toSorted();
  for (const name of names) await Bun.write(join(entries, `${name}.ts`), entryOf(name, modules, files));
  await bundle(
    names.map((name) => join(entries, `${name}.ts`)),
    folder,
    (target, importer) => {
      const isEntry = dirname(importer) === entries;
      const file = files.get(target);
      return file === (isEntry ? nameOf(importer) : files.get(inProject(importer))) ? undefined : file;
    },
  );
  const [main, ...others] = [...wholeFiles.map(nameOf), ...names].map((name) => `${name}.js`);
  if (main === undefined) throw new Error("the program has no entry");
  return [main, ...others];
}

/** Exports what other files use. */
function entryOf(file: string, modules: Modules, files: ReadonlyMap<string, string>): string {
  const used = new Map<string, Set<string>>();
  const use = (path: string, names: readonly string[]) => {
    if (files.get(path) === file) used.set(path, new Set([...(used.get(path) ?? []), ...names]));
  };
  if (files.get(program) === file) use(program, modules.get(program)?.exports ?? []);
  for (const [path, { imports, loads }] of modules) {
    const own = files.get(path);
    if (own === undefined) continue;
    if (own !== file) for (const [target, names] of imports) use(target, names);
    for (const target of loads) use(target, modules.get(target)?.exports ?? []);
  }
  const lines: string[] = [];
  const taken = new Set<string>();
  for (const [path, names] of [...used].toSorted()) {
    for (const name of names) {
      if (taken.has(name))
        throw new Error(`two modules of the file ${file} export ${name}: put ${path} elsewhere`);
      taken.add(name);
    }
    if (names.size > 0)
      lines.push(
        `export { ${[...names].toSorted().join(", ")} } from ${JSON.stringify(join(root, path))};\n`,
      );
  }
  return lines.join("");
}

/** `fileOf` tells the other file that has a module; undefined for a module that the importer's file has. */
async function bundle(
  entrypoints: readonly string[],
  folder: string,
  fileOf: (target: string, importer: string) => string | undefined,
): Promise<void> {
  await Bun.build({
    entrypoints: [...entrypoints],
    outdir: folder,
    naming: { entry: "[name].[ext]" },
    target: "bun",
    format: "esm",
    minify: true,
    plugins: [
      {
        name: "files of the executable",
        setup(build) {
          build.onResolve({ filter: /^[./]/ }, ({ path, importer }) => {
            if (importer === "") return undefined;
            const file = fileOf(inProject(resolve(dirname(importer), path)), importer);
            return file === undefined ? undefined : { path: `./${file}.js`, external: true };
          });
        },
      },
    ],
  });
}
