/** The machines a release is made for. */

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
  /** As in the name of the file: `linux-x64-musl`. */
  readonly name: string;
  /** As Bun calls it. */
  readonly bun: `bun-${(typeof names)[number]}`;
  readonly suffix: "" | ".exe";
}

export const targets: readonly Target[] = names.map((name) => ({
  name,
  bun: `bun-${name}` as const,
  suffix: name.startsWith("windows-") ? ".exe" : "",
}));
