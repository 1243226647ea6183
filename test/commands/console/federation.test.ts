import { describe, expect, test } from "bun:test";
import { partitionOfRegion } from "../../../src/aws/endpoints/partitions.ts";
import { consoleSignInUrl } from "../../../src/commands/console/federation.ts";
import type { CredentialKind } from "../../../src/credentials/kinds.ts";
import type { Identity } from "../../../src/credentials/resolve.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeIdentity } from "../../support/fake-identity.ts";
import { type FakeSystem, fakeSystem, type SeenRequest } from "../../support/fake-system.ts";
import { madeUpSecret, madeUpToken } from "../../support/sts-answers.ts";

const destination = "https://console.aws.amazon.com/console/home";
const base = "https://signin.aws.amazon.com";
const token = () => Response.json({ SigninToken: "made up token" });

/** The URL of the request for a sign-in token. */
function request(duration?: number, at = base): string {
  const session = JSON.stringify({
    sessionId: "ASIAMADEUP",
    sessionKey: madeUpSecret,
    sessionToken: madeUpToken,
  });
  const seconds = duration === undefined ? "" : `&SessionDuration=${duration}`;
  return `${at}/federation?Action=getSigninToken${seconds}&Session=${encodeURIComponent(session)}`;
}

function signIn(system: FakeSystem, changed: Partial<Identity> = {}, duration?: number): Promise<string> {
  return consoleSignInUrl(fakeIdentity(system, changed), destination, duration, system);
}

describe("consoleSignInUrl()", () => {
  test("trades the credentials for a token and puts it into the URL", async () => {
    const system = fakeSystem();
    system.expect("GET", request(), token());
    const url = new URL(await signIn(system));
    expect(url.origin + url.pathname).toBe(`${base}/federation`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: "login",
      Destination: destination,
      SigninToken: "made up token",
    });
    expect(system.requests[0]?.headers).toEqual({ "accept-encoding": "identity" });
  });

  test("asks the partition's own service", async () => {
    const system = fakeSystem();
    system.expect("GET", request(undefined, "https://signin.amazonaws.cn"), token());
    const url = await signIn(system, { partition: async () => partitionOfRegion("cn-north-1") });
    expect(url).toStartWith("https://signin.amazonaws.cn/federation?Action=login&");
  });

  test("asks at the configured address", async () => {
    const system = fakeSystem();
    const custom = { url: "http://localhost:4566", host: "localhost:4566", signingRegion: "" };
    system.expect("GET", request(undefined, custom.url), token());
    const url = await signIn(system, { signInEndpoint: () => custom });
    expect(url).toStartWith("http://localhost:4566/federation?Action=login&");
  });

  const kinds: [kind: CredentialKind, passesDurationOn: boolean][] = [
    ["role", true],
    ["chained-role", false],
    ["federation", false],
    ["instance", false],
    ["sso", false],
    ["temporary", false],
  ];
  test.each(kinds)("passes a duration on for %s credentials: %p", async (kind, passesOn) => {
    const system = fakeSystem();
    system.expect("GET", request(passesOn ? 7200 : undefined), token());
    await signIn(system, { kind }, 7200);
    expect(system.requests).toHaveLength(1);
  });

  test("asks without the duration when the service refuses it, and warns", async () => {
    const system = fakeSystem();
    system.expect("GET", request(7200), new Response("", { status: 400 }));
    system.expect("GET", request(), token());
    expect(await signIn(system, {}, 7200)).toContain("SigninToken=made%20up%20token");
    expect(system.stderrLines).toEqual([
      "aws-login: warning: the sign-in service refused a session of --duration; the console session lasts as long as the credentials",
    ]);
    expect(system.sleeps).toEqual([]);
  });

  test("does not blame the duration for credentials that are refused without it too", async () => {
    const system = fakeSystem();
    system.expect("GET", request(7200), new Response("", { status: 400 }));
    system.expect("GET", request(), new Response("", { status: 400 }));
    const failure = await failureOf(() => signIn(system, {}, 7200));
    expect(failure.message).toContain("the sign-in service refused the credentials (status 400)");
    expect(system.stderrLines).toEqual([]);
  });

  test("refuses session tokens, which the service refuses, before it asks", async () => {
    const failure = await failureOf(() => signIn(fakeSystem(), { kind: "session-token" }));
    expect(failure.message).toBe("cannot sign in to the console with the credentials of --get-session-token");
    expect(failure.hints).toEqual(["use --get-federation-token instead, or add --assume-roles"]);
  });

  test("refuses long-term keys before it asks", async () => {
    const credentials = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up" };
    const failure = await failureOf(() => signIn(fakeSystem(), { kind: "long-term", credentials }));
    expect(failure.message).toContain("long-term keys cannot be used there");
  });

  const again: Record<string, Response | Error> = {
    "a server's trouble": new Response("", { status: 503 }),
    throttling: new Response("", { status: 429 }),
    "a refused connection": Object.assign(new TypeError("refused"), { code: "ECONNREFUSED" }),
  };
  test.each(Object.entries(again))("asks again after %s", async (_, first) => {
    const system = fakeSystem();
    system.expect("GET", request(), first);
    system.expect("GET", request(), token());
    expect(await signIn(system)).toContain("Action=login");
    expect(system.sleeps).toEqual([500]);
  });

  test("charges a silence as such", async () => {
    const system = fakeSystem({ connecting: "made" });
    const identity = fakeIdentity(system);
    system.expect("GET", request(), system.silence);
    system.expect("GET", request(), new Response("", { status: 400 }));
    await failureOf(() => consoleSignInUrl(identity, destination, undefined, system));
    expect(identity.http.retryTokens).toBe(490);
  });

  const echo = (seen: SeenRequest) =>
    new Response(`<p>${seen.url}</p>`, { headers: { "content-type": "text/html" } });
  const finals: Record<string, [reply: Response | typeof echo, says: string]> = {
    "a refusal": [
      new Response("", { status: 400 }),
      "the sign-in service refused the credentials (status 400)",
    ],
    "a redirect": [
      new Response(null, { status: 302, headers: { location: "https://evil.example/" } }),
      "signin.aws.amazon.com responded with a redirect (302), which is not followed",
    ],
    "a page that recites the request": [echo, "the response to getSigninToken (status 200, text/html,"],
    "JSON without a token": [
      Response.json({ SigninToken: "" }),
      "the response to getSigninToken (status 200, ",
    ],
  };
  test.each(Object.entries(finals))("stops at %s and repeats no secret", async (_, [reply, says]) => {
    const system = fakeSystem();
    system.expect("GET", request(), reply);
    const identity = fakeIdentity(system);
    const failure = await failureOf(() => consoleSignInUrl(identity, destination, undefined, system));
    expect(failure.message).toStartWith(`cannot get a sign-in token for the console: ${says}`);
    expect(shownText(failure)).not.toContain("made");
  });

  test("repeats no secret when no service responds", async () => {
    const system = fakeSystem();
    const refused = Object.assign(new TypeError(`refused: ${request()}`), { code: "ECONNREFUSED" });
    for (let attempt = 1; attempt <= 3; attempt++) system.expect("GET", request(), refused);
    const failure = await failureOf(() => signIn(system));
    expect(failure.message).toBe(
      "cannot get a sign-in token for the console: signin.aws.amazon.com: the connection was refused",
    );
    expect(shownText(failure)).not.toContain("made");
  });
});
