/** What the program's modules take from each other. */
import { dirname, join, relative, resolve } from "node:path";
import { root } from "./paths.ts";

export interface Module {
  /** The modules that it imports, each with the names that it takes, types aside. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** The modules that it loads by `import()`. */
  readonly loads: readonly string[];
  /** Names. */
  readonly exports: readonly string[];
}

/** By their paths, relative to the project. */
export type Modules = ReadonlyMap<string, Module>;

const transpiler = new Bun.Transpiler({ loader: "ts" });

export async function readModules(): Promise<Modules> {
  const paths = await Array.fromAsync(new Bun.Glob("src/**/*.ts").scan({ cwd: root }), withSlashes);
  const modules = paths.toSorted().map(async (path) => {
    const text = await Bun.file(join(root, path)).text();
    return [path, readModule(path, text)] as const;
  });
  return new Map(await Promise.all(modules));
}

/** Of the text of the file at the path. */
export function readModule(path: string, text: string): Module {
  const { imports, exports } = transpiler.scan(text);
  const targets = (kind: Bun.ImportKind) =>
    imports.filter((found) => found.kind === kind && found.path.endsWith(".ts")).map((found) => found.path);
  const modulePath = (target: string) => inProject(resolve(root, dirname(path), target));
  return {
    imports: new Map(
      targets("import-statement").map((target) => [modulePath(target), namesFrom(target, text)] as const),
    ),
    loads: targets("dynamic-import").map(modulePath),
    exports,
  };
}

/** The scan tells no names. */
function namesFrom(target: string, text: string): readonly string[] {
  const statement = new RegExp(`^import \\{([^}]*)\\} from "${RegExp.escape(target)}";$`, "m").exec(text);
  if (statement === null) throw new Error(`cannot read which names are imported from ${target}`);
  const names = (statement[1] ?? "").split(",").map((name) => name.trim());
  return names
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(" as ")[0] ?? name);
}

/** The path relative to the project. */
export function inProject(path: string): string {
  return withSlashes(relative(root, path));
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}
