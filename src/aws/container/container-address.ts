/** Which addresses may serve container credentials: the request carries a token. Pure. */
import { Failure } from "../../lib/errors.ts";

export interface ContainerAddress {
  /** In the normal form, so that the request goes to the address that was checked. */
  readonly url: URL;
  /** The variable that named it. */
  readonly variable: ContainerVariable;
  /**
   * True for the agents of this machine or container, which no proxy can reach. Any other host, which only https may
   * name, is reached through the proxy of the environment, as two of the cases that the AWS SDKs share require.
   */
  readonly local: boolean;
}

/** In order of precedence. */
export const containerVariables = [
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
] as const;

export type ContainerVariable = (typeof containerVariables)[number];

/** The agent of ECS. */
const taskAgent = "169.254.170.2";
/** Hosts besides 127.0.0.0/8 that plain http may go to: ECS, EKS Pod Identity, this machine. */
const localHosts: ReadonlySet<string> = new Set([
  taskAgent,
  "169.254.170.23",
  "[fd00:ec2::23]",
  "[::1]",
  "localhost",
]);

/**
 * https may go anywhere, http only to the hosts that the AWS SDKs list, literally: a name that happens to resolve to
 * one of them can resolve to another tomorrow. Throws a Failure that names the variable and the host, and not the
 * path, which can be all it takes to get the credentials.
 */
export function containerAddress(variable: ContainerVariable, value: string): ContainerAddress {
  const relative = variable === "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  // URL() would quietly remove line ends and turn backslashes into slashes.
  if (/[^\x21-\x7e]|\\/.test(value))
    throw refused(variable, "it holds blanks or other characters no URL has");
  if (relative && !value.startsWith("/")) throw refused(variable, "it does not begin with a slash");
  const url = URL.parse(relative ? `http://${taskAgent}${value}` : value);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refused(variable, "it is not an http or https URL");
  if (url.username !== "" || url.password !== "") throw refused(variable, "it holds a user name or password");
  const local = localHosts.has(url.hostname) || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
  if (url.protocol === "http:" && !local) {
    throw refused(
      variable,
      `the host ${url.hostname} is not allowed without TLS, because it would be sent the container's token`,
    );
  }
  return { url, variable, local };
}

function refused(variable: ContainerVariable, why: string): Failure {
  const hint =
    variable === "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
      ? "it must be a path such as /v2/credentials/ID"
      : "use https, or an http URL of 127.0.0.0/8, [::1], localhost, 169.254.170.2, 169.254.170.23 or [fd00:ec2::23]";
  return new Failure("failed", `cannot use ${variable}: ${why}`, { hints: [hint] });
}
