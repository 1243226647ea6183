/** Whether a person has signed in, or mended a profile, since an attempt that failed. */
import { homeDirectory, ownFolderPath, sharedFilePaths } from "../config/paths.ts";
import { loginPath } from "../credentials/sources/login-session-file.ts";
import type { System } from "../system/types.ts";

/**
 * Resolves to a function whose text changes when a file in the caches of sign-ins or a config file is written. The AWS CLI
 * writes its token files in place, so that the time of the folder tells nothing. A folder that cannot be read counts as
 * empty.
 */
export async function watchSignIns(
  system: Pick<System, "env" | "home" | "writtenAt" | "listFolder">,
): Promise<() => Promise<string>> {
  const home = await homeDirectory(system);
  const own = ownFolderPath(system.env, home);
  const files = sharedFilePaths(system.env, home);
  // The name of the file does not matter: the folder counts.
  const logins = loginPath("", system.env, home)?.replace(/\/[^/]*$/, "");
  const folders = [
    ...(home === undefined ? [] : [`${home}/.aws/sso/cache`]),
    ...(logins === undefined ? [] : [logins]),
    ...(own === undefined ? [] : [`${own}/tokens`, `${own}/credentials`]),
  ];
  const configs = [files.config.path, files.credentials.path].filter((path) => path !== undefined);
  const namesIn = async (folder: string) => {
    const names = await system.listFolder(folder).catch(() => []);
    return names.map((name) => `${folder}/${name}`);
  };
  return async () => {
    const inFolders = await Promise.all(folders.map(namesIn));
    return [...inFolders.flat(), ...configs].map((path) => `${path} ${system.writtenAt(path)}`).join("\n");
  };
}
