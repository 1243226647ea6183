import { describe, expect, test } from "bun:test";
import { dockerfile } from "../../../scripts/release/dockerfile.ts";
import { downloads, repositoryOf, SUMMARY } from "../../../scripts/release/downloads.ts";
import { homebrewFormula } from "../../../scripts/release/homebrew.ts";
import { scoopManifest } from "../../../scripts/release/scoop.ts";
import { targets } from "../../../scripts/release/targets.ts";
import { wingetManifests } from "../../../scripts/release/winget.ts";

const about = { version: "1.2.3", description: "what it does" };
const repository = { url: "https://github.com/them/aws-login", owner: "them" };
const sums = new Map(
  targets.map(({ name, archive }, index) => [
    `aws-login-1.2.3-${name}.${archive}`,
    index.toString(16).padStart(64, "a"),
  ]),
);
const from = downloads(repository, "1.2.3", targets, sums);
const text = ({ bytes }: { readonly bytes: Uint8Array }) => new TextDecoder().decode(bytes);

describe("repositoryOf()", () => {
  test("takes an address of GitHub with owner and name, and nothing for an empty value", () => {
    expect(repositoryOf("https://github.com/them/aws-login")).toEqual(repository);
    expect(repositoryOf("")).toBeUndefined();
    expect(repositoryOf(undefined)).toBeUndefined();
  });

  for (const value of [
    "them/aws-login",
    "https://github.com/them",
    'https://github.com/them/x"\n',
    "http://x/y/z",
  ]) {
    test(`refuses ${JSON.stringify(value)}`, () => {
      expect(() => repositoryOf(value)).toThrow("AWS_LOGIN_REPOSITORY is no https://github.com/OWNER/NAME");
    });
  }
});

describe("downloads()", () => {
  test("gives address, checksum and folder of a target's archive", () => {
    expect(from("windows-arm64")).toEqual({
      url: "https://github.com/them/aws-login/releases/download/v1.2.3/aws-login-1.2.3-windows-arm64.zip",
      sha256: "9".padStart(64, "a"),
      folder: "aws-login-1.2.3-windows-arm64",
    });
  });

  test("refuses a target whose archive is not there", () => {
    expect(() => downloads(repository, "1.2.4", targets, sums)("linux-x64")).toThrow(
      "there is no archive aws-login-1.2.4-linux-x64.tar.gz for a manifest",
    );
  });
});

test("homebrewFormula() has each system's archive with its checksum, and installs program, man page and completions", () => {
  const { name, bytes } = homebrewFormula(repository, about, from);
  expect(name).toBe("aws-login.rb");
  const formula = text({ bytes });
  expect([...formula.matchAll(/url "(.*)"\n +sha256 "(.*)"/g)].map(([, url, sum]) => [url, sum])).toEqual(
    (["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"] as const).map((target) => [
      from(target).url,
      from(target).sha256,
    ]),
  );
  expect(formula).toContain('homepage "https://github.com/them/aws-login"\n  version "1.2.3"\n');
  expect(formula).toContain('man1.install "aws-login.1"');
  const opened = formula.match(/^ *(class|def|test do|on_\w+ do)/gm) ?? [];
  expect(formula.match(/^ *end$/gm)).toHaveLength(opened.length);
  // What `brew audit` asks of a description.
  expect(SUMMARY.length).toBeLessThan(80);
});

test("scoopManifest() has both processors of Windows", () => {
  const { name, bytes } = scoopManifest(repository, about, from);
  expect(name).toBe("aws-login.json");
  const installer = (target: "windows-x64" | "windows-arm64") => {
    const { url, sha256, folder } = from(target);
    return { url, hash: sha256, extract_dir: folder };
  };
  expect(JSON.parse(text({ bytes }))).toEqual({
    version: "1.2.3",
    description: SUMMARY,
    homepage: "https://github.com/them/aws-login",
    license: "Apache-2.0",
    architecture: { "64bit": installer("windows-x64"), arm64: installer("windows-arm64") },
    bin: "aws-login.exe",
  });
});

test("wingetManifests() are three files of one package, with the archives of both processors", () => {
  const made = wingetManifests(repository, about, from);
  expect(made.map(({ name }) => name)).toEqual([
    "winget/them.aws-login.yaml",
    "winget/them.aws-login.installer.yaml",
    "winget/them.aws-login.locale.en-US.yaml",
  ]);
  const [version, installer, locale] = made.map((manifest) => Bun.YAML.parse(text(manifest)));
  const common = { PackageIdentifier: "them.aws-login", PackageVersion: "1.2.3", ManifestVersion: "1.6.0" };
  expect(version).toEqual({ ...common, DefaultLocale: "en-US", ManifestType: "version" });
  expect(installer).toEqual({
    ...common,
    ManifestType: "installer",
    Installers: (["x64", "arm64"] as const).map((processor) => ({
      Architecture: processor,
      InstallerType: "zip",
      InstallerUrl: from(`windows-${processor}`).url,
      InstallerSha256: from(`windows-${processor}`).sha256.toUpperCase(),
      NestedInstallerType: "portable",
      NestedInstallerFiles: [
        {
          RelativeFilePath: `aws-login-1.2.3-windows-${processor}\\aws-login.exe`,
          PortableCommandAlias: "aws-login",
        },
      ],
    })),
  });
  expect(locale).toMatchObject({ ...common, Publisher: "them", License: "Apache-2.0" });
});

test("dockerfile() takes the package of the image's processor, and runs as a user without rights", () => {
  const { name, bytes } = dockerfile("1.2.3");
  expect(name).toBe("Dockerfile");
  expect(text({ bytes })).toContain("COPY aws-login_1.2.3_$TARGETARCH.deb /package.deb\n");
  expect(text({ bytes })).toContain(":nonroot\n");
});
