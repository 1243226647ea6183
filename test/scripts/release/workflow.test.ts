/** The workflow that makes a release of a tag. No test can run it: GitHub does, and nothing else has the rights. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { isMissing } from "../../cli/shells.ts";
import { root } from "../../support/source-tree.ts";

const path = join(root, ".github/workflows/release.yml");
const text = await Bun.file(path).text();

describe("release.yml", () => {
  test.skipIf(isMissing("actionlint"))("is a workflow to actionlint (needs actionlint)", () => {
    // By a commit it does not know which inputs an action takes, by a version it does.
    const byVersion = text.replace(/@[0-9a-f]{40} # (v\d+)\S*/g, "@$1");
    const { exitCode, stdout, stderr } = Bun.spawnSync(["actionlint", "-no-color", "-"], {
      stdin: new TextEncoder().encode(byVersion),
    });
    expect([exitCode, `${stdout}`, `${stderr}`]).toEqual([0, "", ""]);
  });

  test("names each action by its commit, so that no moved tag changes what runs", () => {
    const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(3);
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("builds with the Bun that package.json names", async () => {
    const { devDependencies } = await Bun.file(join(root, "package.json")).json();
    expect(text).toContain(`npx --yes bun@${devDependencies.bun} run release`);
  });
});
