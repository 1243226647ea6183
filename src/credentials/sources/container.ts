/** Asks the agent of a container for credentials, with the token it wants to see. */

import { containerCredentials } from "../../aws/container/container-credentials.ts";
import { awsNow, type HttpClient } from "../../aws/http/http-client.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure, reasonOf } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";
import { fileVariable, textVariable } from "./container-plan.ts";
import type { ContainerSource } from "./types.ts";

/** Throws a Failure that names the variable at fault. */
export async function acquireFromContainer(
  start: ContainerSource,
  http: HttpClient,
  system: Pick<System, "readText">,
): Promise<Credentials> {
  const credentials = await containerCredentials(http, start.address, () =>
    readAuthorization(start.authorization, system),
  );
  const { expiration } = credentials;
  if (expiration !== undefined && expiration <= awsNow(http)) {
    throw new Failure(
      "failed",
      `cannot use the ${start.from}: ${start.address.url.host} serves credentials that expired at ${new Date(expiration).toISOString()}`,
      { hints: ["restart the agent that serves them, or set this machine's clock right"] },
    );
  }
  return credentials;
}

/** The token goes out as it stands, but for what no header can hold. */
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
