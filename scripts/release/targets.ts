/** The machines a release is made for. */
import type { PackageKind } from "./package-files.ts";

const names = [
  "linux-x64",
  "linux-x64-baseline",
  "linux-arm64",
  "linux-x64-musl",
  "linux-x64-baseline-musl",
  "linux-arm64-musl",
  "darwin-x64",
  "darwin-arm64",
  "windows-x64",
  "windows-arm64",
] as const;

export interface Target {
  /** As in the name of the archive: `linux-x64-musl`. */
  readonly name: (typeof names)[number];
  /** As Bun calls it. */
  readonly bun: `bun-${(typeof names)[number]}`;
  /** The npm package that has Bun's runtime for it. */
  readonly runtime: string;
  readonly executable: "aws-login" | "aws-login.exe";
  readonly archive: "tar.gz" | "zip";
  /** By what npm chooses a package. Absent for baseline builds: npm does not look at what a processor can do. */
  readonly npm?: { readonly os: string; readonly cpu: string; readonly libc?: "glibc" | "musl" };
}

export const targets: readonly Target[] = names.map((name) => {
  const [os = "", cpu = "", ...kinds] = name.split("-");
  const isWindows = os === "windows";
  const isMusl = kinds.includes("musl");
  const target: Target = {
    name,
    bun: `bun-${name}`,
    // One runtime serves all x64 processors: it looks at what it runs on.
    runtime: `@oven/bun-${os}-${cpu === "arm64" ? "aarch64" : cpu}${isMusl ? "-musl" : ""}`,
    executable: isWindows ? "aws-login.exe" : "aws-login",
    archive: isWindows ? "zip" : "tar.gz",
  };
  if (kinds.includes("baseline")) return target;
  const libc = isMusl ? ("musl" as const) : ("glibc" as const);
  return { ...target, npm: { os: isWindows ? "win32" : os, cpu, ...(os === "linux" ? { libc } : {}) } };
});

/** The Linux packages of a target: the baseline build has the same bytes as the build for all x64 processors. */
export function packageKinds({ name }: Pick<Target, "name">): readonly PackageKind[] {
  if (!name.startsWith("linux-") || name.includes("-baseline")) return [];
  return name.endsWith("-musl") ? ["apk"] : ["deb", "rpm"];
}

/** The targets with these names, all when there is none. Throws for a name that there is not. */
export function chosenTargets(wanted: readonly string[]): readonly Target[] {
  for (const name of wanted) {
    if (!targets.some((target) => target.name === name)) {
      throw new Error(`no target ${name}: there are ${names.join(", ")}`);
    }
  }
  return wanted.length === 0 ? targets : targets.filter(({ name }) => wanted.includes(name));
}
