import { expect, test } from "bun:test";
import { join } from "node:path";
import { integrity } from "../../../scripts/release/runtimes.ts";
import { chosenTargets, targets } from "../../../scripts/release/targets.ts";
import { root } from "../../support/source-tree.ts";

const lock = await Bun.file(join(root, "bun.lock")).text();
const { devDependencies } = await Bun.file(join(root, "package.json")).json();

for (const { name, runtime } of targets) {
  test(`bun.lock pins the runtime of ${name}, in the version that package.json names`, () => {
    expect(integrity(lock, runtime)).toMatch(
      new RegExp(`^${runtime}@${devDependencies.bun} sha512-[A-Za-z0-9+/]{86}==$`),
    );
  });
}

test("integrity() knows nothing of a package that is not in the file", () => {
  expect(integrity(lock, "@oven/bun-linux")).toBeUndefined();
});

test("each target is chosen by npm on one system, but for the baseline builds", () => {
  const chosen = targets.flatMap(({ name, npm }) => (npm ? [[name, Object.values(npm).join(" ")]] : []));
  expect(Object.fromEntries(chosen)).toEqual({
    "linux-x64": "linux x64 glibc",
    "linux-arm64": "linux arm64 glibc",
    "linux-x64-musl": "linux x64 musl",
    "linux-arm64-musl": "linux arm64 musl",
    "darwin-x64": "darwin x64",
    "darwin-arm64": "darwin arm64",
    "windows-x64": "win32 x64",
    "windows-arm64": "win32 arm64",
  });
});

test("chosenTargets() has all when none is named, else those named, and refuses what there is not", () => {
  expect(chosenTargets([])).toBe(targets);
  expect(chosenTargets(["windows-x64", "linux-x64"]).map(({ name }) => name)).toEqual([
    "linux-x64",
    "windows-x64",
  ]);
  expect(() => chosenTargets(["linux-x68"])).toThrow("no target linux-x68: there are linux-x64, linux-x64-");
});
