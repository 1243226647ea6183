import { expect, test } from "bun:test";
import { endpointVariables, withVariables } from "../../src/endpoint/endpoint-variables.ts";

const address = { uri: "http://127.0.0.1:4100/made-up", token: "made-up-token" };

test("endpointVariables() sets the endpoint and unsets what SDKs would take before it", () => {
  const { set, unset } = endpointVariables(address, undefined);
  expect(set).toEqual({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: address.uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: address.token,
  });
  for (const name of [
    ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"],
    ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
    ...["AWS_ROLE_SESSION_NAME", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  ]) {
    expect(unset).toContain(name);
  }
});

test("endpointVariables() sets region, profile and config file, and unsets nothing that it sets", () => {
  const profile = { name: "aws-login", file: "/home/me/.aws-login/x", because: "role_arn" };
  const { set, unset } = endpointVariables({ ...address, profile }, "eu-west-1");
  expect(set).toMatchObject({
    AWS_PROFILE: "aws-login",
    AWS_CONFIG_FILE: "/home/me/.aws-login/x",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
  });
  expect(unset.filter((name) => name in set)).toEqual([]);
});

test("withVariables() leaves the rest of the environment", () => {
  const env = { PATH: "/bin", AWS_PROFILE: "x", AWS_ACCESS_KEY_ID: "AKIA1" };
  expect(withVariables(env, { set: { A: "1" }, unset: ["AWS_PROFILE", "AWS_ACCESS_KEY_ID"] })).toEqual({
    PATH: "/bin",
    A: "1",
  });
});
