/** One credential source of each kind. */
import type { CredentialSource } from "../../src/credentials/credential-source.ts";
import { containerSource } from "../../src/credentials/sources/container.ts";

export const longTerm = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up-secret" };
export const temporary = {
  accessKeyId: "ASIAMADEUP",
  secretAccessKey: "made-up-secret",
  sessionToken: "made-up-token",
};
export const keys = (
  credentials: typeof longTerm & { sessionToken?: string; expiration?: number },
): CredentialSource => ({
  kind: "keys",
  from: "the environment",
  credentials,
});
const found = containerSource({ AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1/creds" });
if (found === undefined) throw new Error("no container");
export const container = found;
export const webIdentity = {
  kind: "web-identity",
  from: "web identity of AWS_WEB_IDENTITY_TOKEN_FILE",
  roleArn: "arn:aws:iam::222222222222:role/Deploy",
  roleSessionName: undefined,
  token: { kind: "file", path: "/run/token", source: "AWS_WEB_IDENTITY_TOKEN_FILE" },
} as const;
export const process = {
  kind: "process",
  from: "profile dev (config:2)",
  command: "helper",
  accountId: undefined,
} as const;
export const login = {
  kind: "login-session",
  from: "profile dev (config:2)",
  profileName: "dev",
  session: "arn:aws:iam::123456789012:user/Admin",
} as const;
export const instance = { kind: "instance-metadata", from: "instance metadata", skipped: [] } as const;
