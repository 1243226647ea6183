import { describe, expect, test } from "bun:test";
import { actionsToken, actionsTokenRequest, actionsTokenUrl } from "../../../src/aws/github/actions-token.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, type Reply } from "../../support/fake-system.ts";

const address =
  "https://run-actions-1-azure-eastus.actions.githubusercontent.com/36//idtoken/r/j?api-version=2.0";
const requestToken = "made-up-request-token";

describe("actionsTokenUrl()", () => {
  test.each([
    address,
    "https://github.example.com/_services/idtoken",
    "http://127.0.0.1:8080/idtoken",
    "http://[::1]:8080/idtoken",
    "http://localhost/idtoken",
  ])("actionsTokenUrl() takes %s", (value) => {
    expect(actionsTokenUrl(value).href).toBe(value);
  });

  const refused: Readonly<Record<string, readonly [value: string, why: string]>> = {
    "plain http to another host": ["http://evil.example/made-up", "the host evil.example is not allowed"],
    "a host that begins like this machine's": [
      "http://127.0.0.1.evil.example/made-up",
      "127.0.0.1.evil.example",
    ],
    "another scheme": ["ftp://github.example/made-up", "it is not an http or https URL"],
    "no URL": ["made-up", "it is not an http or https URL"],
    "a line end": ["https://github.example/\nmade-up", "it is not an http or https URL"],
    "a user name": ["https://made-up@github.example/", "it holds a user name or password"],
  };
  for (const [sentence, [value, why]] of Object.entries(refused)) {
    test(`actionsTokenUrl() refuses ${sentence}, and does not show the address`, async () => {
      const failure = await failureOf(() => actionsTokenUrl(value));
      expect(failure.message).toStartWith("cannot use ACTIONS_ID_TOKEN_REQUEST_URL: ");
      expect(failure.message).toContain(why);
      expect(shownText(failure)).not.toContain("made-up");
    });
  }
});

test.each(["made-up\nvalue", "made-up value", "made-up-\u2603"])(
  "actionsTokenRequest() refuses a secret that no header can hold (%j), and does not show it",
  async (secret) => {
    const failure = await failureOf(() => actionsTokenRequest(address, secret));
    expect(failure.message).toBe(
      "cannot use ACTIONS_ID_TOKEN_REQUEST_TOKEN: it has characters that no token has",
    );
    expect(shownText(failure)).not.toContain("made-up");
  },
);

describe("actionsToken()", () => {
  function ask(reply: Reply, audience = "sts.amazonaws.com") {
    const system = fakeSystem();
    const query = `&audience=${encodeURIComponent(audience)}`;
    system.expect("GET", `${address}${query}`, reply);
    const request = { url: new URL(address), requestToken };
    const http = fakeHttpClient(system, { maxAttempts: 1 });
    return { system, http, asked: () => actionsToken(http, request, audience) };
  }

  test("actionsToken() asks for the audience beside what the address holds, and shows the secret", async () => {
    const { system, http, asked } = ask(Response.json({ count: 1, value: "made.up.jwt" }));
    expect(await asked()).toBe("made.up.jwt");
    expect(system.requests[0]?.headers).toMatchObject({ authorization: `Bearer ${requestToken}` });
    expect(http.traced.join()).not.toContain("made");
  });

  test("actionsToken() encodes the audience", async () => {
    expect(await ask(Response.json({ value: "a.b.c" }), "a&b").asked()).toBe("a.b.c");
  });

  test("actionsToken() repeats what GitHub says, without the secret", async () => {
    const body = { message: `no such job for ${requestToken}` };
    const failure = await failureOf(ask(Response.json(body, { status: 401 })).asked);
    expect(failure.message).toBe("it responds with status 401: no such job for (a secret, left out)");
  });

  const odd: Readonly<Record<string, unknown>> = {
    "no value": { count: 1 },
    "a number": { value: 7 },
    "an empty value": { value: "" },
    "a value with a line end": { value: "a.b.c\r\nx" },
  };
  for (const [sentence, body] of Object.entries(odd)) {
    test(`actionsToken() refuses a response with ${sentence}`, async () => {
      const failure = await failureOf(ask(Response.json(body)).asked);
      expect(failure.message).toBe("the response to GitHub Actions' token lacks value, the token");
    });
  }

  test("actionsToken() follows no redirect", async () => {
    const moved = new Response(null, { status: 302, headers: { location: "https://evil.example/" } });
    const { system, asked } = ask(moved);
    await failureOf(asked);
    expect(system.requests).toHaveLength(1);
  });

  test("actionsToken() asks again after a response of 500", async () => {
    const { system, http } = ask(new Response("", { status: 500 }));
    const query = "&audience=sts.amazonaws.com";
    system.expect("GET", `${address}${query}`, Response.json({ value: "a.b.c" }));
    const request = { url: new URL(address), requestToken };
    expect(await actionsToken({ ...http, maxAttempts: 3 }, request, "sts.amazonaws.com")).toBe("a.b.c");
  });
});
