/** The source of containers: variables that name an agent, and the token it wants to see. Pure. */
import { containerAddress, containerVariables } from "../../aws/container/container-address.ts";
import type { Environment } from "../../system/types.ts";
import type { ContainerSource } from "./types.ts";

export const fileVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
export const textVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

/**
 * Undefined when neither address is set; the relative one wins. Throws a Failure for an address that must not be
 * asked.
 */
export function containerSource(env: Environment): ContainerSource | undefined {
  const variable = containerVariables.find((name) => env[name]);
  if (variable === undefined) return undefined;
  const [file, text] = [env[fileVariable], env[textVariable]];
  return {
    kind: "container",
    from: `container credentials (${variable})`,
    address: containerAddress(variable, env[variable] ?? ""),
    authorization: file ? { file } : text ? { text } : undefined,
  };
}
