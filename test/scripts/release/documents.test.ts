import { expect, test } from "bun:test";
import { join } from "node:path";
import { archive } from "../../../scripts/release/archive.ts";
import { documents } from "../../../scripts/release/documents.ts";
import { root } from "../../support/source-tree.ts";

const source = { version: "1.2.3", time: 1_767_323_045 };

test("documents() has the licence, the texts, a man page and a completion for each shell", async () => {
  const all = await documents(source);
  expect(all.map(({ path }) => path).toSorted()).toEqual([
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "NOTICE",
    "README.md",
    "SECURITY.md",
    "aws-login.1",
    "completions/_aws-login",
    "completions/aws-login.bash",
    "completions/aws-login.fish",
    "completions/aws-login.ps1",
    "docs/architecture.md",
    "docs/ci.md",
    "docs/compared-with-botocore.md",
    "docs/compared.md",
    "docs/identities.md",
    "docs/install.md",
    "docs/long-jobs.md",
    "docs/picker.svg",
    "docs/profiles.md",
    "docs/servers.md",
    "docs/shells.md",
    "docs/sign-in.md",
    "docs/sources.md",
    "docs/start-up.md",
    "docs/terminal.svg",
    "docs/trials.md",
    "docs/troubleshooting.md",
  ]);
  const licence = all.find(({ path }) => path === "LICENSE")?.bytes;
  expect(licence).toEqual(await Bun.file(join(root, "LICENSE")).bytes());
});

test("documents() has every file that a text among them links to", async () => {
  const all = await documents(source);
  const links = all.flatMap(({ path, bytes }) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const text = path.endsWith(".md") ? new TextDecoder().decode(bytes) : "";
    return [...text.matchAll(/\]\(([\w./-]+)\)/g)].map(([, link = ""]) => `${folder}${link}`);
  });
  expect(links.length).toBeGreaterThan(4);
  expect(links.filter((link) => !all.some(({ path }) => path === link))).toEqual([]);
});

test("archive() puts everything into one folder of its own name, in order", async () => {
  const target = { name: "linux-x64", executable: "aws-login", archive: "tar.gz" } as const;
  const { name, bytes } = archive(target, source, new Uint8Array([1]), await documents(source));
  expect(name).toBe("aws-login-1.2.3-linux-x64.tar.gz");
  const paths = [...(await new Bun.Archive(bytes).files()).keys()];
  expect(paths).toHaveLength((await documents(source)).length + 1);
  expect(paths).toEqual(paths.toSorted());
  for (const path of paths) expect(path).toStartWith("aws-login-1.2.3-linux-x64/");
});
