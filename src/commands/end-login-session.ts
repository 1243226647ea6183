/** `logout` of a profile with a `login_session`: deletes what is stored of it, as the AWS CLI does. */
import { homeDirectory, ownFolderPath } from "../config/paths.ts";
import { forgetDependents } from "../credentials/cache/write.ts";
import { loginPath } from "../credentials/sources/login-session-file.ts";
import type { LoginSource } from "../credentials/sources/login-session-plan.ts";
import { Failure } from "../lib/errors.ts";
import { fileLock } from "../lib/lock.ts";
import { readPrivate, removePrivate } from "../lib/private-file.ts";
import type { System } from "../system/types.ts";

/** Milliseconds to wait for a process that renews it, whose file would come after the removal. */
const lockWait = 10_000;

/** The service has no operation that ends such a sign-in for everyone; the keys end within 15 minutes. Throws a Failure. */
export async function endLoginSession(
  { session, profileName }: LoginSource,
  system: System,
  trace: (line: string) => void,
): Promise<void> {
  const home = await homeDirectory(system);
  const path = loginPath(session, system.env, home);
  if (path === undefined) {
    throw new Failure(
      "failed",
      `cannot end the sign-in of profile ${profileName}: no home directory is known`,
      {
        hints: ["set HOME, or AWS_LOGIN_CACHE_DIRECTORY"],
      },
    );
  }
  const folder = ownFolderPath(system.env, home);
  const was = (await readPrivate(system, path)) !== undefined;
  const ended = await fileLock(system, folder, path, trace)(lockWait, () => removePrivate(system, path));
  if (ended.kind === "busy") {
    throw new Failure(
      "failed",
      `cannot end the sign-in of profile ${profileName}: another process renews it`,
      {
        hints: ["run the command again"],
      },
    );
  }
  if (folder !== undefined) await forgetDependents(system, folder, path);
  system.stderr(
    `aws-login: ${was ? "signed out of" : "not signed in to"} profile ${profileName} (${session})`,
  );
}
