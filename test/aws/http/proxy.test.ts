import { describe, expect, test } from "bun:test";
import { proxyFor, proxyRules } from "../../../src/aws/http/proxy.ts";
import type { Environment } from "../../../src/system/types.ts";
import { failureOf, shownText } from "../../support/failure.ts";

/** The variable of the proxy that a request to the URL goes through. */
function variableFor(url: string, env: Environment): string | undefined {
  return proxyFor(new URL(url), proxyRules(env))?.variable;
}

describe("proxyRules()", () => {
  test("finds no proxy where no variable names one", () => {
    expect(proxyRules({})).toEqual({ https: undefined, http: undefined, bypass: [] });
    expect(proxyRules({ HTTPS_PROXY: "", https_proxy: "", NO_PROXY: "" })).toEqual({
      https: undefined,
      http: undefined,
      bypass: [],
    });
  });

  const variables: Record<string, [env: Environment, https: string | undefined, http: string | undefined]> = {
    "takes each scheme's own variable": [
      { HTTPS_PROXY: "http://s:1", HTTP_PROXY: "http://p:2" },
      "HTTPS_PROXY",
      "HTTP_PROXY",
    ],
    "does not take one for the other": [{ HTTPS_PROXY: "http://s:1" }, "HTTPS_PROXY", undefined],
    "prefers lower case": [
      {
        HTTPS_PROXY: "http://s:1",
        https_proxy: "http://t:1",
        HTTP_PROXY: "http://p:2",
        http_proxy: "http://q:2",
      },
      "https_proxy",
      "http_proxy",
    ],
    "takes upper case where lower case is empty": [
      { HTTPS_PROXY: "http://s:1", https_proxy: "" },
      "HTTPS_PROXY",
      undefined,
    ],
    "leaves HTTP_PROXY alone in a CGI program, where a visitor could have sent it": [
      { HTTP_PROXY: "http://p:2", HTTPS_PROXY: "http://s:1", REQUEST_METHOD: "GET" },
      "HTTPS_PROXY",
      undefined,
    ],
    "takes http_proxy in a CGI program all the same": [
      { http_proxy: "http://p:2", REQUEST_METHOD: "GET" },
      undefined,
      "http_proxy",
    ],
    "knows no ALL_PROXY": [{ ALL_PROXY: "http://s:1", all_proxy: "http://s:1" }, undefined, undefined],
  };
  test.each(Object.entries(variables))("%s", (_, [env, https, http]) => {
    const rules = proxyRules(env);
    expect([rules.https?.variable, rules.http?.variable]).toEqual([https, http]);
  });

  const values: Record<string, [value: string, url: string, shown: string]> = {
    "takes a URL": ["http://proxy.example:3128", "http://proxy.example:3128", "http://proxy.example:3128"],
    "takes a proxy behind TLS": ["https://proxy.example", "https://proxy.example", "https://proxy.example"],
    "assumes http:// where there is no scheme": [
      "proxy.example:3128",
      "http://proxy.example:3128",
      "http://proxy.example:3128",
    ],
    "takes blanks off": [" proxy.example:3128 ", "http://proxy.example:3128", "http://proxy.example:3128"],
    "keeps a password for the proxy and shows none": [
      "http://ana:made%40up@proxy.example:3128/",
      "http://ana:made%40up@proxy.example:3128/",
      "http://proxy.example:3128",
    ],
    "keeps a password without a scheme": [
      "ana:made-up@proxy.example:3128",
      "http://ana:made-up@proxy.example:3128",
      "http://proxy.example:3128",
    ],
  };
  test.each(Object.entries(values))("%s", (_, [value, url, shown]) => {
    expect(proxyRules({ HTTPS_PROXY: value }).https).toEqual({ url, shown, variable: "HTTPS_PROXY" });
  });

  test.each([
    "socks5://ana:made-up@proxy.example:1080",
    "http://",
    "http://ana:made-up@:0x/",
    "   ",
    "ftp://p",
  ])("refuses %j by the name of the variable, without its value", async (value) => {
    const failure = await failureOf(() => proxyRules({ https_proxy: value }));
    expect(failure.kind).toBe("failed");
    expect(failure.message).toBe("cannot use the proxy of https_proxy: it is not an http:// or https:// URL");
    expect(shownText(failure)).not.toContain("made-up");
  });
});

describe("proxyFor()", () => {
  const proxies = { HTTPS_PROXY: "http://s:1", HTTP_PROXY: "http://p:2" };

  test("chooses by the scheme of the request", () => {
    expect(variableFor("https://sts.amazonaws.com/", proxies)).toBe("HTTPS_PROXY");
    expect(variableFor("http://sts.amazonaws.com/", proxies)).toBe("HTTP_PROXY");
  });

  test("prefers no_proxy in lower case", () => {
    const env = { ...proxies, no_proxy: "a.example", NO_PROXY: "b.example" };
    expect(variableFor("https://a.example/", env)).toBeUndefined();
    expect(variableFor("https://b.example/", env)).toBe("HTTPS_PROXY");
  });
});
