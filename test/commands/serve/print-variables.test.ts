import { expect, test } from "bun:test";
import { printVariables } from "../../../src/commands/serve/print-variables.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { optionsOf } from "../../support/options.ts";

const address = { uri: "http://127.0.0.1:4100/x", token: "made-up-token" };
const identity = { region: { region: "eu-west-1", source: "--region", fips: false } } as const;

test("printVariables() prints what is set and unset in the form that --outform names", async () => {
  const system = fakeSystem();
  await printVariables(address, { options: optionsOf("serve", "--outform", "json"), identity }, system);
  expect(JSON.parse(system.stdoutTexts.join(""))).toMatchObject({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: address.uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: address.token,
    AWS_REGION: "eu-west-1",
    AWS_PROFILE: null,
    AWS_ACCESS_KEY_ID: null,
  });
});

test("printVariables() prints for the platform's shell otherwise, with the comment at the end", async () => {
  const system = fakeSystem({ platform: "win32" });
  const plain = { region: undefined };
  await printVariables(address, { options: {}, identity: plain, comment: "to end it" }, system);
  const lines = system.stdoutTexts.join("").split("\n");
  expect(lines).toContain("$Env:AWS_CONTAINER_AUTHORIZATION_TOKEN='made-up-token'");
  expect(lines.slice(-2)).toEqual(["# to end it", ""]);
});
