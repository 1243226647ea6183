/** The agent of a container (ECS, EKS Pod Identity): the variables that name it, and the call. */
import {
  type ContainerAddress,
  containerAddress,
  containerVariables,
} from "../../aws/container/container-address.ts";
import { awsNow, type HttpClient } from "../../aws/http/http-client.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import type { Environment, System } from "../../system/types.ts";

export interface ContainerSource {
  readonly kind: "container";
  readonly from: string;
  readonly address: ContainerAddress;
  /** The value of the Authorization header, or the file that holds it; the file wins where both are set. */
  readonly authorization: { readonly file: string } | { readonly text: string } | undefined;
}

const fileVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const textVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

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

/** Throws a Failure that names the variable at fault. */
export async function acquireFromContainer(
  source: ContainerSource,
  http: HttpClient,
  system: Pick<System, "readText">,
): Promise<Credentials> {
  const { containerCredentials } = await import("../../aws/container/container-credentials.ts");
  const credentials = await containerCredentials(http, source.address, () =>
    readAuthorization(source.authorization, system),
  );
  const { expiration } = credentials;
  if (expiration !== undefined && expiration <= awsNow(http)) {
    throw new Failure(
      "failed",
      `cannot use the ${source.from}: ${source.address.url.host} serves credentials that expired at ${formatIsoTime(expiration)}`,
      { hints: ["restart the agent that serves them, or set this machine's clock right"] },
    );
  }
  return credentials;
}

/** The token is sent unchanged; a token that a header cannot hold is refused. */
async function readAuthorization(
  authorization: ContainerSource["authorization"],
  system: Pick<System, "readText">,
): Promise<string | undefined> {
  if (authorization === undefined) return undefined;
  if ("text" in authorization) return checked(authorization.text, textVariable);
  const { file } = authorization;
  const source = `${fileVariable} (${file})`;
  let text: string | undefined;
  try {
    text = await system.readText(file);
  } catch (error) {
    throw unusable(source, `it cannot be read: ${reasonOf(error)}`, error);
  }
  if (text === undefined) throw unusable(source, "there is no such file");
  if (text === "") throw unusable(source, "the file is empty");
  return checked(text, source);
}

function checked(text: string, source: string): string {
  if (/[\r\n]/.test(text)) throw unusable(source, "the token holds a line end");
  if (/[^\t\x20-\x7e]/.test(text))
    throw unusable(source, "the token holds characters that no header can hold");
  return text;
}

function unusable(source: string, why: string, cause?: unknown): Failure {
  return new Failure("failed", `cannot use ${source}: ${why}`, {
    hints: ["it must hold the authorization token alone, without a line end"],
    cause,
  });
}
