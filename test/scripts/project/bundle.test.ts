import { describe, expect, test } from "bun:test";
import { filesOfModules } from "../../../scripts/project/bundle.ts";
import { readModules } from "../../../scripts/project/modules.ts";
import { partOf, parts, program, wholeFiles } from "../../../scripts/project/parts.ts";

const modules = await readModules();
const files = filesOfModules(modules);

/** The files that each file loads before it runs. */
function importedFiles(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [path, file] of files) {
    const others = found.get(file) ?? new Set();
    for (const target of modules.get(path)?.imports.keys() ?? []) others.add(files.get(target) ?? "none");
    others.delete(file);
    found.set(file, others);
  }
  return found;
}

describe("filesOfModules()", () => {
  test("filesOfModules() has a file for all that the program imports and loads", () => {
    expect(files.get(program)).toBe("program");
    expect(files.get("src/aws/sts/sts.ts")).toBe("program");
    expect(files.get("src/sso/portal.ts")).toBe("sso");
    for (const path of files.keys()) {
      const { imports, loads } = modules.get(path) ?? { imports: new Map(), loads: [] };
      for (const target of [...imports.keys(), ...loads])
        expect([target, files.has(target)]).toEqual([target, true]);
    }
  });

  test("filesOfModules() lets no file import itself by way of others: its values might not be there yet", () => {
    const imported = importedFiles();
    const circles: string[][] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file]);
      else for (const other of imported.get(file) ?? []) visit(other, [...trail, file]);
    };
    for (const file of imported.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  test("filesOfModules() makes fewer than 30 files, whole ones included", () => {
    expect(new Set(files.values()).size + wholeFiles.length).toBeLessThan(30);
  });
});

test("parts has no file and no beginning of a path that no module needs", () => {
  const used = new Set(files.values());
  expect(Object.keys(parts).filter((part) => !used.has(part))).toEqual([]);
  const paths = [...files.keys()];
  const stale = Object.values(parts)
    .flat()
    .filter((beginning) => !paths.some((path) => path.startsWith(beginning)));
  expect(stale).toEqual([]);
  expect(partOf("src/new/module.ts")).toBe("common");
});
