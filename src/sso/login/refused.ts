import { Failure } from "../../lib/errors.ts";
import type { Portal } from "./context.ts";

/** The person, or the service in their name, said no. */
export function refused(portal: Portal): Failure {
  return new Failure(
    "failed",
    `cannot sign in to ${portal.startUrl}: the request was refused in the browser`,
    {
      hints: ["run the command again, and approve the request"],
    },
  );
}
