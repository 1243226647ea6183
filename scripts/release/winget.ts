/** The three manifests of winget, after version 1.6.0 of Microsoft's schema. */
import type { Archive } from "./archive.ts";
import { type About, type Downloads, type Repository, SUMMARY } from "./downloads.ts";
import type { Target } from "./targets.ts";

const SCHEMA = "1.6.0";

/** Go into one folder of winget's repository. `winget install --manifest FOLDER` takes them from a disk. */
export function wingetManifests(repository: Repository, about: About, downloads: Downloads): Archive[] {
  const id = `${repository.owner}.aws-login`;
  const manifest = (kind: string, suffix: string, lines: readonly string[]): Archive => {
    const all = [
      `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${kind}.${SCHEMA}.schema.json`,
      `PackageIdentifier: ${id}`,
      `PackageVersion: ${about.version}`,
      ...lines,
      `ManifestType: ${kind}`,
      `ManifestVersion: ${SCHEMA}`,
    ];
    return {
      name: `winget/${id}${suffix}.yaml`,
      bytes: new TextEncoder().encode(`${all.join("\n")}\n`),
    };
  };
  return [
    manifest("version", "", ["DefaultLocale: en-US"]),
    manifest("installer", ".installer", [
      "Installers:",
      ...installer("x64", "windows-x64", downloads),
      ...installer("arm64", "windows-arm64", downloads),
    ]),
    manifest("defaultLocale", ".locale.en-US", [
      "PackageLocale: en-US",
      `Publisher: ${repository.owner}`,
      "PackageName: aws-login",
      `PackageUrl: ${repository.url}`,
      "License: Apache-2.0",
      `ShortDescription: ${SUMMARY}`,
    ]),
  ];
}

function installer(architecture: string, target: Target["name"], downloads: Downloads): string[] {
  const { url, sha256, folder } = downloads(target);
  return [
    `- Architecture: ${architecture}`,
    "  InstallerType: zip",
    `  InstallerUrl: ${url}`,
    `  InstallerSha256: ${sha256.toUpperCase()}`,
    "  NestedInstallerType: portable",
    "  NestedInstallerFiles:",
    `  - RelativeFilePath: ${folder}\\aws-login.exe`,
    "    PortableCommandAlias: aws-login",
  ];
}
