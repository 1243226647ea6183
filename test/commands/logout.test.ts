import { describe, expect, test } from "bun:test";
import { run } from "../../src/commands/logout.ts";
import { formatEntry } from "../../src/credentials/cache/entry.ts";
import { entryPath } from "../../src/credentials/cache/read.ts";
import { ownTokenPath } from "../../src/sso/own-token-cache.ts";
import { keptRole, key } from "../support/cached-credentials.ts";
import { failureOf } from "../support/failure.ts";
import { json } from "../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { optionsOf } from "../support/options.ts";

const one = "https://one.awsapps.com/start";
const two = "https://two.awsapps.com/start";
const folder = "/home/me/.aws-login";
const cliPath = "/home/me/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json";
const config = `[sso-session my-sso]\nsso_start_url = ${one}\nsso_region = us-east-1\n`;
const token = (startUrl: string, region: string) =>
  JSON.stringify({ accessToken: `token-of-${region}`, expiresAt: "2030-01-31T13:00:00Z", startUrl, region });

function home() {
  const files = memoryFiles({
    "/home/me/.aws/config": config,
    [ownTokenPath(folder, one)]: token(one, "us-east-1"),
    [ownTokenPath(folder, two)]: token(two, "eu-west-1"),
    [cliPath]: token(one, "us-east-1"),
  });
  const tokens = () =>
    [...files.files.keys()].filter((path) => path.includes("/tokens/") || path.includes("/sso/"));
  return { files, tokens, system: fakeSystem({ home: "/home/me", instead: files }) };
}
const logoutUrl = (region: string) => `https://portal.sso.${region}.amazonaws.com/logout`;

describe("logout", () => {
  test("run() ends every sign-in of the own cache, each in its region, and no other", async () => {
    const { system, tokens } = home();
    system.expect("POST", logoutUrl("us-east-1"), new Response(""));
    system.expect("POST", logoutUrl("eu-west-1"), new Response(""));
    expect(await run(optionsOf("logout"), system)).toBe(0);
    expect(tokens()).toEqual([cliPath]);
    expect(system.stderrLines).toEqual([
      `aws-login: signed out of ${one}`,
      `aws-login: signed out of ${two}`,
    ]);
  });

  test("run() ends the one sign-in that is named", async () => {
    const { system, tokens } = home();
    system.expect("POST", logoutUrl("eu-west-1"), new Response(""));
    await run(optionsOf("logout", "--start-url", two), system);
    expect(tokens()).toEqual([ownTokenPath(folder, one), cliPath]);
    expect(system.requests[0]?.headers["x-amz-sso_bearer_token"]).toBe("token-of-eu-west-1");
  });

  test("run() ends the sign-in that is shared with the AWS CLI", async () => {
    const { system, files } = home();
    system.expect("POST", logoutUrl("us-east-1"), new Response(""));
    await run(optionsOf("logout", "--sso-session", "my-sso"), system);
    expect(files.files.has(cliPath)).toBe(false);
  });

  test("run() deletes a token that the portal does not know any more, without a word about it", async () => {
    const { system, tokens } = home();
    system.expect("POST", logoutUrl("eu-west-1"), json(401, { __type: "UnauthorizedException" }));
    await run(optionsOf("logout", "--start-url", two), system);
    expect(tokens()).not.toContain(ownTokenPath(folder, two));
    expect(system.stderrLines).toEqual([`aws-login: signed out of ${two}`]);
  });

  const unrevoked: Record<string, [(system: FakeSystem) => void, string]> = {
    "the portal refuses to revoke": [
      (system) =>
        system.expect("POST", logoutUrl("eu-west-1"), json(400, { __type: "InvalidRequestException" })),
      "InvalidRequestException",
    ],
    "cannot be revoked over this network": [
      (system) => {
        const closed = () => Object.assign(new Error("no"), { code: "ConnectionRefused" });
        for (let attempt = 0; attempt < 3; attempt++) {
          system.expect("POST", logoutUrl("eu-west-1"), closed());
        }
      },
      "portal.sso.eu-west-1.amazonaws.com: the connection was refused",
    ],
  };
  test.each(Object.entries(unrevoked))(
    "run() deletes a token that %s, and fails",
    async (_, [expects, why]) => {
      const { system, tokens } = home();
      expects(system);
      const failure = await failureOf(() => run(optionsOf("logout", "--start-url", two), system));
      expect(tokens()).toEqual([ownTokenPath(folder, one), cliPath]);
      expect([failure.kind, failure.message]).toEqual([
        "failed",
        `cannot revoke the token of ${two}, which is deleted here and may be good until 2030-01-31T13:00:00Z: ${why}`,
      ]);
      expect(failure.hints).toEqual([expect.stringContaining("Active sessions")]);
      expect(system.stderrLines).toEqual([]);
    },
  );

  test("run() says when a token ended that it could not revoke", async () => {
    const { system, files } = home();
    const ended = token(two, "eu-west-1").replace("T13:", "T11:");
    files.files.set(ownTokenPath(folder, two), ended);
    system.expect("POST", logoutUrl("eu-west-1"), json(400, { __type: "InvalidRequestException" }));
    const failure = await failureOf(() => run(optionsOf("logout", "--start-url", two), system));
    expect(failure.message).toContain("which is deleted here and ended at 2030-01-31T11:00:00Z");
  });

  test("run() ends the other sign-ins when one cannot be ended", async () => {
    const { system, files, tokens } = home();
    files.files.set(ownTokenPath(folder, one), token(one, "bad region!"));
    const three = "https://three.awsapps.com/start";
    files.files.set(ownTokenPath(folder, three), token(three, "ap-south-1"));
    system.expect("POST", logoutUrl("eu-west-1"), new Response(""));
    system.expect("POST", logoutUrl("ap-south-1"), json(400, { __type: "InvalidRequestException" }));
    const failure = await failureOf(() => run(optionsOf("logout"), system));
    expect(failure.message).toStartWith(`cannot revoke the token of ${one}, which is deleted here`);
    expect(failure.message).toContain("is not a region");
    expect(failure.hints.join()).not.toContain("name a region");
    expect(tokens()).toEqual([cliPath]);
    expect(system.stderrLines).toEqual([
      `aws-login: signed out of ${two}`,
      expect.stringContaining(`aws-login: warning: cannot revoke the token of ${three}, which is deleted`),
    ]);
  });

  test("run() ends the others where others may write to one file, and then names that file", async () => {
    const { system, files, tokens } = home();
    const { readOwn } = files;
    const bad = ownTokenPath(folder, one);
    system.readOwn = async (path) => {
      if (path === bad) throw new Error("it is a symbolic link");
      return readOwn(path);
    };
    system.expect("POST", logoutUrl("eu-west-1"), new Response(""));
    const failure = await failureOf(() => run(optionsOf("logout"), system));
    expect(failure.message).toBe(`cannot read ${bad}: it is a symbolic link`);
    expect(failure.hints.join()).toContain("remove it");
    expect(tokens()).toEqual([bad, cliPath]);
    expect(system.stderrLines).toEqual([`aws-login: signed out of ${two}`]);
  });

  test("run() ends no sign-in when --sso-region is not the region of the sign-in", async () => {
    const { system, tokens } = home();
    const before = tokens();
    const words = ["--start-url", two, "--sso-region", "us-east-1"];
    const failure = await failureOf(() => run(optionsOf("logout", ...words), system));
    expect([failure.kind, tokens()]).toEqual(["usage", before]);
  });

  test("run() deletes the AWS CLI's cached credentials of Identity Center, and nothing else", async () => {
    const ofSso = '{"ProviderType": "sso", "Credentials": {}}';
    const cache = "/home/me/.aws/cli/cache";
    const cached = {
      [`${cache}/role.json`]: '{"Credentials": {}}',
      [`${cache}/broken.json`]: '{"ProviderType": "sso',
      [`${cache}/other.txt`]: ofSso,
    };
    const { system, files } = home();
    const left = () => [...files.files.keys()].filter((path) => path.startsWith(cache));
    for (const [path, text] of Object.entries({ ...cached, [`${cache}/sso.json`]: ofSso })) {
      files.files.set(path, text);
    }
    system.expect("POST", logoutUrl("eu-west-1"), new Response(""));
    await run(optionsOf("logout", "--start-url", two), system);
    expect(left()).toContain(`${cache}/sso.json`);

    system.expect("POST", logoutUrl("us-east-1"), new Response(""));
    await run(optionsOf("logout", "--sso-session", "my-sso"), system);
    expect(left()).toEqual(Object.keys(cached));

    files.files.set(`${cache}/sso.json`, ofSso);
    await run(optionsOf("logout", "--sso-session", "my-sso"), system);
    expect(left()).toEqual(Object.keys(cached));
    expect(system.stderrLines.at(-1)).toBe(`aws-login: not signed in to ${one}`);
  });

  test("run() says that there is no sign-in to end", async () => {
    const system = fakeSystem({ home: "/home/me", instead: memoryFiles({ "/home/me/.aws/config": config }) });
    expect(await run(optionsOf("logout"), system)).toBe(0);
    expect(await run(optionsOf("logout", "--sso-session", "my-sso"), system)).toBe(0);
    expect(system.stderrLines).toEqual([
      "aws-login: no sign-in in the program's own cache; to end a profile's: aws-login logout --profile NAME",
      `aws-login: not signed in to ${one}`,
    ]);
  });
});

test("run() deletes the credentials that were acquired with the token", async () => {
  const { files, system } = home();
  system.expect("POST", logoutUrl("us-east-1"), new Response(""));
  const dependsOn = [ownTokenPath(folder, one), "a fingerprint"];
  const entry = entryPath(folder, key.request);
  files.files.set(entry, formatEntry(key, { cached: { ...keptRole(), dependsOn }, note: undefined }));
  await run(optionsOf("logout", "--start-url", one), system);
  expect(files.files.has(entry)).toBe(false);
});
