import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { codeChallenge } from "../../../src/lib/pkce.ts";
import { loginInBrowser } from "../../../src/sso/login/browser.ts";
import type { CallbackResponse, System } from "../../../src/system/types.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { client, expectToken, loginContext, newToken, portal } from "../../support/fake-login.ts";
import { refuses, sentBody } from "../../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const here = { browser: "open" } as const;

type Visit = (query: string, isOurs?: boolean) => Promise<CallbackResponse<unknown>>;

/** The listener of port 4321, whose browser does what `come` says; when that ends without a result, time is over. */
function visitedBy(come: (visit: Visit, url: URL) => Promise<void>): {
  system: FakeSystem;
  pages: CallbackResponse<unknown>[];
} {
  const pages: CallbackResponse<unknown>[] = [];
  let opened = "";
  const serveCallback: System["serveCallback"] = async (answer, _timeout, whenOpen) => {
    await whenOpen(4321);
    let result: { readonly value: Awaited<ReturnType<typeof answer>>["result"] } | undefined;
    await come(async (target, isOurs = true) => {
      const request = { method: "GET", target, host: "127.0.0.1:4321", isOurs: async () => isOurs };
      const page = await answer(request);
      pages.push(page);
      if (page.result !== undefined) result ??= { value: page.result };
      return page;
    }, new URL(opened));
    return result?.value?.value;
  };
  const system = fakeSystem({
    instead: {
      serveCallback,
      randomBytes: (length) => new Uint8Array(length).fill(7),
      openBrowser: async (url) => {
        opened = url;
      },
    },
  });
  return { system, pages };
}

const back = (url: URL, parameters: string) =>
  `/oauth/callback?${parameters}&state=${url.searchParams.get("state")}`;

describe("loginInBrowser()", () => {
  test("loginInBrowser() trades the code for a token, and proves that it was the one who asked", async () => {
    let asked = new URL("https://none.example");
    const { system, pages } = visitedBy(async (visit, url) => {
      asked = url;
      await visit("/favicon.ico");
      await visit("/oauth/callback?code=wrong&state=wrong");
      await visit(back(url, "code=made-up-code"));
    });
    expectToken(system);
    const outcome = await loginInBrowser(loginContext(system), client, portal, here);
    expect(outcome).toEqual({ kind: "traded", value: newToken });
    expect(pages.map(({ status }) => status)).toEqual([404, 400, 200]);
    expect(pages.at(-1)?.body).toContain("You are signed in");

    expect(asked.origin + asked.pathname).toBe("https://oidc.example/authorize");
    expect(asked.searchParams.get("redirect_uri")).toBe("http://127.0.0.1:4321/oauth/callback");
    expect(asked.searchParams.get("scopes")).toBe("sso:account:access");
    const { codeVerifier, ...sent } = sentBody(system.requests[0]) as { readonly codeVerifier: string };
    expect(sent).toMatchObject({
      grantType: "authorization_code",
      code: "made-up-code",
      redirectUri: "http://127.0.0.1:4321/oauth/callback",
    });
    expect(codeVerifier).toHaveLength(64);
    expect(asked.searchParams.get("code_challenge")).toBe(codeChallenge(codeVerifier));
    expect(asked.href).not.toContain(codeVerifier);
  });

  test("loginInBrowser() writes the URL to stderr in one line", async () => {
    const { system } = visitedBy(async (visit, url) => void (await visit(back(url, "code=c"))));
    expectToken(system);
    await loginInBrowser(loginContext(system), client, portal, here);
    expect(system.stderrLines).toHaveLength(1);
    expect(system.stderrLines[0]).toMatch(
      /^aws-login: opening a browser at oidc\.example to sign in to https:\S+; if none appears, open https:\/\/oidc\.example\/authorize\?\S+$/,
    );
  });

  test("loginInBrowser() uses a code once, even when the request is repeated", async () => {
    const { system, pages } = visitedBy(async (visit, url) => {
      await Promise.all([visit(back(url, "code=c")), visit(back(url, "code=c"))]);
    });
    expectToken(system);
    await loginInBrowser(loginContext(system), client, portal, here);
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test("loginInBrowser() takes neither a code nor a refusal of another user's program, and says so once", async () => {
    const { system, pages } = visitedBy(async (visit, url) => {
      await visit(back(url, "code=theirs"), false);
      await visit(back(url, "error=access_denied"), false);
      await visit(back(url, "code=ours"));
    });
    expectToken(system);
    const outcome = await loginInBrowser(loginContext(system), client, portal, here);
    expect(outcome).toEqual({ kind: "traded", value: newToken });
    expect(pages.map(({ status }) => status)).toEqual([403, 403, 200]);
    expect(pages[0]?.body).toContain("This browser belongs to another user");
    expect(sentBody(system.requests[0])).toMatchObject({ code: "ours" });
    const said = system.stderrLines.filter((line) => line.includes("--remote"));
    expect(said).toHaveLength(1);
  });

  const refusals: Record<string, [string, string]> = {
    "a refusal": ["access_denied", "the request was refused in the browser"],
    "another error": ["invalid_scope", "the browser came back with invalid_scope"],
    "a text that is no error": ["%1b[2J", "the browser came back with an error of no known name"],
  };
  for (const [name, [error, message]] of Object.entries(refusals)) {
    test(`loginInBrowser() ends with ${name}, on the page too`, async () => {
      const { system, pages } = visitedBy(
        async (visit, url) => void (await visit(back(url, `error=${error}`))),
      );
      const failure = await failureOf(() => loginInBrowser(loginContext(system), client, portal, here));
      expect(failure.message).toBe(message);
      expect(pages[0]?.body).toContain("The sign-in was refused");
    });
  }

  test("loginInBrowser() shows on the page that no token came, and why on the terminal only", async () => {
    const { system, pages } = visitedBy(
      async (visit, url) => void (await visit(back(url, "code=canary-code"))),
    );
    expectToken(system, refuses("invalid_grant"));
    const failure = await failureOf(() => loginInBrowser(loginContext(system), client, portal, here));
    expect(failure.serviceError?.code).toBe("invalid_grant");
    expect(shownText(failure)).not.toContain("canary");
    expect(pages[0]?.body).toContain("The sign-in did not work");
    expect(pages[0]?.body).not.toContain("invalid_grant");
  });

  test("loginInBrowser() gives up when no browser comes back", async () => {
    const { system } = visitedBy(async () => {});
    const outcome = await loginInBrowser(loginContext(system), client, portal, here);
    if (outcome.kind !== "timed-out") throw new Error("a request came");
    expect(outcome.why.message).toContain("no browser came back within 10 minutes");
    expect(outcome.why.hints.join()).toContain("--use-device-code");
  });

  test("loginInBrowser() leaves it to the caller when no browser can be opened", async () => {
    const why = new Failure("failed", "cannot open the browser: x");
    const system = fakeSystem({
      instead: {
        randomBytes: (length) => new Uint8Array(length),
        openBrowser: async () => Promise.reject(why),
        serveCallback: async (_answer, _timeout, whenOpen) => {
          await whenOpen(4321);
          return undefined;
        },
      },
    });
    expect(await loginInBrowser(loginContext(system), client, portal, here)).toEqual({
      kind: "no-browser",
      why,
    });
  });
});
