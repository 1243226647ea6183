/** `login --sign-in never` for console credentials: whether what is stored serves, renewed if need be. */
import type { Profile } from "../../config/section.ts";
import { acquireFromLogin, type LoginContext } from "../../credentials/sources/login-session.ts";
import { loginSource } from "../../credentials/sources/login-session-plan.ts";
import { Failure } from "../../lib/errors.ts";
import { shellWord } from "../../lib/quoting.ts";

/** Throws a Failure of kind `sign-in-needed` where only a person can help. */
export async function storedLogin(
  profileName: string,
  profile: Profile | undefined,
  context: LoginContext,
): Promise<number> {
  const source = profile && loginSource(profile);
  if (source === undefined) {
    throw new Failure("sign-in-needed", `cannot use profile ${profileName}: it has no login_session`, {
      hints: [`sign in with: aws-login login --profile ${shellWord(profileName)}`],
    });
  }
  await acquireFromLogin(source, context);
  context.system.stderr(`aws-login: signed in as ${source.session} in profile ${profileName}`);
  return 0;
}
