/** The files of a source that hold secrets. Pure. */
import { expandPath } from "../../config/paths.ts";
import type { CredentialSource } from "../../credentials/credential-source.ts";
import { loginPath } from "../../credentials/sources/login-session-file.ts";
import type { Environment, System } from "../../system/types.ts";

/**
 * The private key and the file of its password, and the file of an `aws login` sign-in. The token of a web identity is not
 * among them: what writes it, such as Kubernetes, gives it the mode that the readers need.
 */
export function sourceFiles(
  source: CredentialSource,
  env: Environment,
  home: string | undefined,
): readonly string[] {
  switch (source.kind) {
    case "rolesanywhere": {
      const { privateKeyFile, passwordFile } = source;
      const named = passwordFile === undefined ? [privateKeyFile] : [privateKeyFile, passwordFile];
      return named.map((file) => expandPath(file, env, home));
    }
    case "login-session": {
      const path = loginPath(source.session, env, home);
      return path === undefined ? [] : [path];
    }
    default:
      return [];
  }
}

/** Whether one of the files that the source reads for each session is a pipe, whose content is there once. */
export function readsPipe(
  source: CredentialSource,
  { env, fileFingerprint }: Pick<System, "env" | "fileFingerprint">,
  home: string | undefined,
): boolean {
  const paths: string[] = [];
  if (source.kind === "rolesanywhere") {
    const { certificateFile, privateKeyFile, intermediatesFile, passwordFile } = source;
    for (const file of [certificateFile, privateKeyFile, intermediatesFile, passwordFile])
      if (file !== undefined) paths.push(expandPath(file, env, home));
  }
  if (source.kind === "web-identity" && source.token.kind === "file") paths.push(source.token.path);
  return paths.some((path) => fileFingerprint(path) === undefined);
}
