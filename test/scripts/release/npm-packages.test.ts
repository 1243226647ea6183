import { describe, expect, test } from "bun:test";
import { textEntry } from "../../../scripts/release/entry.ts";
import { mainPackage, systemPackage } from "../../../scripts/release/npm-packages.ts";
import { targets } from "../../../scripts/release/targets.ts";

const about = { version: "1.2.3", description: "what it does", time: 1_767_323_045 };
const licence = textEntry("LICENSE", "the licence");

/** The package's files, and package.json's content. */
async function unpack({ bytes }: { readonly bytes: Uint8Array }) {
  const files = await new Bun.Archive(bytes).files();
  const manifest = JSON.parse((await files.get("package/package.json")?.text()) ?? "");
  return { files, names: [...files.keys()].toSorted(), manifest };
}

function target(name: string) {
  const found = targets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no target ${name}`);
  return found;
}

describe("systemPackage()", () => {
  test("is for one system, and has its executable and nothing that runs on installation", async () => {
    const archive = systemPackage(target("linux-arm64-musl"), about, new Uint8Array([1, 2]), [licence]);
    expect(archive.name).toBe("npm/aws-login-linux-arm64-musl-1.2.3.tgz");
    const { names, manifest, files } = await unpack(archive);
    expect(manifest).toEqual({
      name: "@aws-login/linux-arm64-musl",
      version: "1.2.3",
      description: "what it does",
      license: "Apache-2.0",
      os: ["linux"],
      cpu: ["arm64"],
      libc: ["musl"],
      preferUnplugged: true,
    });
    expect(names.map((name) => name.replace("package/", ""))).toEqual([
      "LICENSE",
      "README.md",
      "bin/aws-login",
      "package.json",
    ]);
    expect([...((await files.get("package/bin/aws-login")?.bytes()) ?? [])]).toEqual([1, 2]);
  });

  test("for Windows has an .exe and no libc", async () => {
    const { names, manifest } = await unpack(
      systemPackage(target("windows-x64"), about, new Uint8Array(), []),
    );
    expect(manifest).toMatchObject({ os: ["win32"], cpu: ["x64"] });
    expect(manifest).not.toHaveProperty("libc");
    expect(names).toContain("package/bin/aws-login.exe");
  });

  test("there is none for what npm cannot choose", () => {
    expect(() => systemPackage(target("linux-x64-baseline"), about, new Uint8Array(), [])).toThrow(
      "npm cannot choose linux-x64-baseline",
    );
  });
});

test("mainPackage() wants the package of every system in its own version, and runs nothing on installation", async () => {
  const { names, manifest, files } = await unpack(await mainPackage(targets, about, [licence]));
  const systems = targets.filter(({ npm }) => npm).map(({ name }) => [`@aws-login/${name}`, "1.2.3"]);
  expect(manifest).toEqual({
    name: "@aws-login/aws-login",
    version: "1.2.3",
    description: "what it does",
    license: "Apache-2.0",
    bin: { "aws-login": "bin/aws-login.js" },
    engines: { node: ">=18" },
    optionalDependencies: Object.fromEntries(systems),
  });
  expect(names).toEqual(["package/LICENSE", "package/bin/aws-login.js", "package/package.json"]);
  expect(await files.get("package/bin/aws-login.js")?.text()).toStartWith("#!/usr/bin/env node\n");
});
