/** The files of a source that hold secrets. Pure. */
import { expandPath } from "../../config/paths.ts";
import type { CredentialSource } from "../../credentials/credential-source.ts";
import { loginPath } from "../../credentials/sources/login-session-file.ts";
import type { Environment } from "../../system/types.ts";

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
