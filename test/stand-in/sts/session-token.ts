import { isTemporary, type Session } from "../world/session.ts";
import type { World } from "../world/world.ts";
import { checkMfa } from "./mfa.ts";
import { credentialsElement, denied, type Input, type Operation, type Outcome } from "./operation.ts";
import * as rules from "./rules.ts";

/** Seconds. */
export const DEFAULT_DURATION = 43200;
const ROOT_LIMIT = 3600;

export const getSessionToken: Operation = {
  rules: [rules.tokenDuration, rules.serialNumber, rules.tokenCode],
  issues: true,
  perform({ parameters, caller }: Input, world: World): Outcome {
    if (isTemporary(caller)) {
      return { problem: denied("Cannot call GetSessionToken with session credentials") };
    }
    const presented = checkMfa(parameters, caller, world);
    if ("problem" in presented) return presented;
    const session: Session = {
      ...caller,
      ...world.keys.temporary(),
      kind: "session-token",
      mfa: presented.mfa,
      expiration: world.now() + tokenSeconds(parameters.get("DurationSeconds"), caller) * 1000,
    };
    world.remember(session);
    return { result: [credentialsElement(session)] };
  },
};

/** How long session and federation tokens live; a root user's are cut to an hour without a word. */
export function tokenSeconds(asked: string | undefined, caller: Session): number {
  const seconds = Number(asked ?? DEFAULT_DURATION);
  return caller.kind === "root" ? Math.min(seconds, ROOT_LIMIT) : seconds;
}
