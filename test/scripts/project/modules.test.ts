import { describe, expect, test } from "bun:test";
import { readModule } from "../../../scripts/project/modules.ts";

describe("readModule()", () => {
  test("readModule() tells what a module takes from others, without types", () => {
    const text = `import type { A } from "./a.ts";
import { b, type B, c as d } from "./b.ts";
import {
  e,
} from "../lib/e.ts";
import { readFile } from "node:fs";
export const f = [b, d, e, readFile];
export type { A, B };
export async function g() {
  return (await import("./h.ts")).h(await import("node:os"));
}
`;
    expect(readModule("src/cli/x.ts", text)).toEqual({
      imports: new Map([
        ["src/cli/b.ts", ["b", "c"]],
        ["src/lib/e.ts", ["e"]],
      ]),
      loads: ["src/cli/h.ts"],
      exports: ["f", "g"],
    });
  });

  test("readModule() refuses an import whose names it cannot read", () => {
    expect(() => readModule("src/x.ts", 'import * as y from "./y.ts";\nexport const z = y;\n')).toThrow(
      "cannot read which names are imported from ./y.ts",
    );
  });
});
