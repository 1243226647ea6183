/** Where the archives of a release are downloaded from, for the manifests of package managers. */
import type { Source } from "./source.ts";
import type { Target } from "./targets.ts";

export interface Repository {
  /** `https://github.com/OWNER/NAME`. */
  readonly url: string;
  readonly owner: string;
}

/** An archive that a package manager downloads. */
export interface Download {
  readonly url: string;
  /** In small hexadecimal digits. */
  readonly sha256: string;
  /** The folder in the archive. */
  readonly folder: string;
}

/** Answers the download of a target. */
export type Downloads = (target: Target["name"]) => Download;

export type About = Pick<Source, "version" | "description">;

/** From the value of `AWS_LOGIN_REPOSITORY`; undefined when it is empty. Throws for another address. */
export function repositoryOf(value: string | undefined): Repository | undefined {
  if (!value) return undefined;
  const [, url = "", owner = ""] = value.match(/^(https:\/\/github\.com\/([\w-]+)\/[\w.-]+)$/) ?? [];
  if (url === "") throw new Error(`AWS_LOGIN_REPOSITORY is no https://github.com/OWNER/NAME: ${value}`);
  return { url, owner };
}

/** `sums` has the SHA-256 of each archive by its name. Throws for a target whose archive is not there. */
export function downloads(
  { url }: Pick<Repository, "url">,
  version: string,
  targets: readonly Target[],
  sums: ReadonlyMap<string, string>,
): Downloads {
  return (name) => {
    const target = targets.find((one) => one.name === name);
    const folder = `aws-login-${version}-${name}`;
    const file = `${folder}.${target?.archive}`;
    const sha256 = sums.get(file);
    if (sha256 === undefined) throw new Error(`there is no archive ${file} for a manifest`);
    return { url: `${url}/releases/download/v${version}/${file}`, sha256, folder };
  };
}

/** What the package managers say of the program: less than 80 characters, without its name. */
export const SUMMARY = "AWS credentials, consoles and roles from any AWS identity";
