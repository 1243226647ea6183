/** The web identity of `--web-identity-token` and `--role-arn`. Pure. */
import { parseRoleArn } from "../../aws/endpoints/arn.ts";
import { actionsTokenRequest } from "../../aws/github/actions-token.ts";
import { expandPath, homeOfEnvironment } from "../../config/paths.ts";
import { Failure } from "../../lib/errors.ts";
import type { Environment } from "../../system/types.ts";
import type { WebIdentitySource } from "./web-identity.ts";
import type { WebIdentityToken } from "./web-identity-token.ts";

export interface WebIdentityTokenOptions {
  /** A file; `-` stands for stdin, and `github` for a token that GitHub Actions gives. */
  readonly webIdentityToken?: string;
  readonly roleArn?: string;
}

const option = "--web-identity-token";

/**
 * Undefined when the options name no token. Throws a Failure where `--role-arn` is not the ARN of a role, and for `github`
 * outside of GitHub Actions. The session's name is that of `--role-session-name`: AWS_ROLE_SESSION_NAME belongs to AWS_ROLE_ARN.
 */
export function webIdentityOfOptions(
  { webIdentityToken, roleArn }: WebIdentityTokenOptions,
  env: Environment,
): WebIdentitySource | undefined {
  if (webIdentityToken === undefined || roleArn === undefined) return undefined;
  parseRoleArn(roleArn, "--role-arn");
  return {
    kind: "web-identity",
    from: `web identity of ${option} ${webIdentityToken}`,
    roleArn,
    roleSessionName: undefined,
    token: tokenOf(webIdentityToken, env),
  };
}

function tokenOf(value: string, env: Environment): WebIdentityToken {
  if (value === "-") return { kind: "stdin" };
  if (value === "github") return gitHubToken(env);
  return { kind: "file", path: expandPath(value, env, homeOfEnvironment(env)), source: option };
}

function gitHubToken(env: Environment): WebIdentityToken {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = env;
  if (url && requestToken) return { kind: "github", ...actionsTokenRequest(url, requestToken) };
  const missing = [
    ...(url ? [] : ["ACTIONS_ID_TOKEN_REQUEST_URL"]),
    ...(requestToken ? [] : ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]),
  ];
  const verb = missing.length === 1 ? "is" : "are";
  throw new Failure("failed", `cannot use ${option} github: ${missing.join(" and ")} ${verb} not set`, {
    hints:
      env.GITHUB_ACTIONS === "true"
        ? ["give the job the permission: in the workflow, permissions: id-token: write"]
        : [
            `GitHub Actions sets them in a job with permissions: id-token: write; elsewhere name a file: ${option} FILE`,
          ],
  });
}
