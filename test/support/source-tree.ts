import { join, relative } from "node:path";

/** The project's folder. */
export const root = join(import.meta.dir, "../..");

/** How a file names another: `type` leaves no trace in the program, `dynamic` is an `import()`. */
export type ImportKind = "static" | "dynamic" | "type";

export interface Import {
  readonly kind: ImportKind;
  /** Relative to the project (`src/lib/errors.ts`), or as written when it is no relative path (`node:os`). */
  readonly target: string;
}

export interface SourceFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What is left of it in the program, without types and comments; empty when it is all types. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** The TypeScript files under the folder, by path, in order. */
export async function readSources(folder: string): Promise<SourceFile[]> {
  const paths = await Array.fromAsync(new Bun.Glob(`${folder}/**/*.ts`).scan({ cwd: root }), withSlashes);
  return Promise.all(
    paths.toSorted().map(async (path) => parseSource(path, await Bun.file(join(root, path)).text())),
  );
}

const transpiler = new Bun.Transpiler({ loader: "ts" });

/** What the text of a file at the path tells. */
export function parseSource(path: string, text: string): SourceFile {
  const scanned = transpiler.scanImports(text);
  const imports: Import[] = scanned.map(({ kind, path: target }) => ({
    kind: kind === "dynamic-import" ? "dynamic" : "static",
    target: resolve(path, target),
  }));
  // The scan leaves out what is imported for its types alone.
  for (const [, target = ""] of text.matchAll(/^(?:import|export) [^;]*?\bfrom "([^"]+)";$/gm)) {
    if (!scanned.some((found) => found.path === target)) {
      imports.push({ kind: "type", target: resolve(path, target) });
    }
  }
  return { path, text, code: transpiler.transformSync(text).trim(), imports };
}

function resolve(from: string, target: string): string {
  return target.startsWith(".") ? withSlashes(relative(root, join(root, from, "..", target))) : target;
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

/** The files that are loaded together with `start`, itself included, sorted. */
export function staticClosure(files: readonly SourceFile[], start: string): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const pending = [start];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { kind, target } of byPath.get(path)?.imports ?? [])
      if (kind === "static") pending.push(target);
  }
  return [...reached].toSorted();
}

/** The first ring of files that import each other, `import()` included, or undefined when there is none. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const { kind, target } of byPath.get(path)?.imports ?? []) {
      const cycle = kind === "type" ? undefined : visit(target, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
