import { describe, expect, test } from "bun:test";
import { webIdentityOfOptions } from "../../../src/credentials/sources/web-identity-option.ts";
import { failureOf, shownText } from "../../support/failure.ts";

const roleArn = "arn:aws:iam::111111111111:role/Ring";
const job = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://actions.example/idtoken?api-version=2.0",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "made-up-request-token",
};
const tokenOf = (webIdentityToken: string, env: Record<string, string> = {}) =>
  webIdentityOfOptions({ webIdentityToken, roleArn }, env)?.token;

describe("webIdentityOfOptions()", () => {
  test("webIdentityOfOptions() is nothing without the option", () => {
    expect(webIdentityOfOptions({ roleArn }, job)).toBeUndefined();
  });

  test("webIdentityOfOptions() takes role and file of the options, and nothing of the environment", () => {
    const env = { AWS_ROLE_ARN: "arn:aws:iam::222222222222:role/Other", AWS_ROLE_SESSION_NAME: "other" };
    expect(webIdentityOfOptions({ webIdentityToken: "/run/token", roleArn }, env)).toEqual({
      kind: "web-identity",
      from: "web identity of --web-identity-token /run/token",
      roleArn,
      roleSessionName: undefined,
      token: { kind: "file", path: "/run/token", source: "--web-identity-token" },
    });
  });

  test("webIdentityOfOptions() expands the path of the file, as other options do", () => {
    expect(tokenOf("~/$NAME", { HOME: "/home/me", NAME: "token" })).toMatchObject({ path: "/home/me/token" });
  });

  test("webIdentityOfOptions() takes - for stdin", () => {
    expect(tokenOf("-")).toEqual({ kind: "stdin" });
  });

  test("webIdentityOfOptions() takes the variables of a job for github", () => {
    expect(tokenOf("github", job)).toEqual({
      kind: "github",
      url: new URL(job.ACTIONS_ID_TOKEN_REQUEST_URL),
      requestToken: job.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    });
  });

  test("webIdentityOfOptions() names the permission that a job of GitHub Actions lacks", async () => {
    const failure = await failureOf(() => tokenOf("github", { GITHUB_ACTIONS: "true" }));
    expect(failure.message).toBe(
      "cannot use --web-identity-token github: ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set",
    );
    expect(failure.hints).toEqual([
      "give the job the permission: in the workflow, permissions: id-token: write",
    ]);
  });

  test("webIdentityOfOptions() says where github has a meaning", async () => {
    const failure = await failureOf(() =>
      tokenOf("github", { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "made-up-request-token" }),
    );
    expect(failure.message).toEndWith("ACTIONS_ID_TOKEN_REQUEST_URL is not set");
    expect(failure.hints[0]).toContain("--web-identity-token FILE");
    expect(shownText(failure)).not.toContain("made-up");
  });

  test("webIdentityOfOptions() refuses a role that is none", async () => {
    const failure = await failureOf(() =>
      webIdentityOfOptions({ webIdentityToken: "-", roleArn: "arn:aws:iam::111111111111:user/ana" }, {}),
    );
    expect(failure.kind).toBe("usage");
    expect(failure.message).toContain("--role-arn");
  });
});
