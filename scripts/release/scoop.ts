/** A manifest of Scoop, after "App Manifests" in its wiki. */
import type { Archive } from "./archive.ts";
import { type About, type Downloads, type Repository, SUMMARY } from "./downloads.ts";
import type { Target } from "./targets.ts";

/** Goes into the folder `bucket` of a bucket. */
export function scoopManifest(
  { url: homepage }: Repository,
  { version }: About,
  downloads: Downloads,
): Archive {
  const installer = (target: Target["name"]) => {
    const { url, sha256, folder } = downloads(target);
    return { url, hash: sha256, extract_dir: folder };
  };
  const manifest = {
    version,
    description: SUMMARY,
    homepage,
    license: "Apache-2.0",
    architecture: { "64bit": installer("windows-x64"), arm64: installer("windows-arm64") },
    bin: "aws-login.exe",
  };
  return {
    name: "aws-login.json",
    bytes: new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 4)}\n`),
  };
}
