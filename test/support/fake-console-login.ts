/** The sign-in service for a sign-in with console credentials, among made-up things. */
import { json } from "./fake-portal.ts";
import type { FakeSystem } from "./fake-system.ts";

export const consoleUser = "arn:aws:iam::123456789012:user/Admin";

/** The file of that user's sign-in. */
export const consoleLoginPath =
  "/home/me/.aws/login/cache/10cabd19777b6651ac57333b55c7c10a1242b1c2337f40e674926d7324698347.json";

export const loginResponse = {
  accessToken: { accessKeyId: "ASIAX", secretAccessKey: "made-up-secret", sessionToken: "made-up-token" },
  tokenType: "aws_sigv4",
  expiresIn: 900,
  refreshToken: "made-up-refresh",
  idToken: `e30.${Buffer.from(JSON.stringify({ sub: consoleUser })).toString("base64url")}.c2ln`,
};

export function expectLogin(
  system: FakeSystem,
  region = "us-east-1",
  response: object = loginResponse,
): void {
  system.expect("POST", `https://${region}.signin.aws.amazon.com/v1/token`, json(200, response));
}
