import type { System } from "../../system/types.ts";
import type { TokenPolicy } from "../token-policy.ts";

/**
 * Says that another process of the program is waited for: to the person where one may sign in, since it may be this
 * very person that the other one waits for. Elsewhere whole herds wait, and only the trace is told.
 */
export function tellWaiting(
  signIn: TokenPolicy["signIn"],
  { system, trace }: { readonly system: Pick<System, "stderr">; readonly trace: (line: string) => void },
  whatItDoes: string,
): void {
  const line = `waiting for another aws-login that ${whatItDoes}`;
  if (signIn === "never") trace(line);
  else system.stderr(`aws-login: ${line}; if that one waits for you, finish the sign-in in its window`);
}
