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
    "ignores HTTP_PROXY in a CGI program, whose client can set it": [
      { HTTP_PROXY: "http://p:2", HTTPS_PROXY: "http://s:1", REQUEST_METHOD: "GET" },
      "HTTPS_PROXY",
      undefined,
    ],
    "takes http_proxy in a CGI program all the same": [
      { http_proxy: "http://p:2", REQUEST_METHOD: "GET" },
      undefined,
      "http_proxy",
    ],
    "ignores ALL_PROXY": [{ ALL_PROXY: "http://s:1", all_proxy: "http://s:1" }, undefined, undefined],
  };
  test.each(Object.entries(variables))("%s", (_, [env, https, http]) => {
    const rules = proxyRules(env);
    expect([rules.https?.variable, rules.http?.variable]).toEqual([https, http]);
  });

  const host = "proxy.example:3128";
  const values: Record<string, [value: string, url: string]> = {
    "takes a URL": [`http://${host}`, `http://${host}`],
    "takes a proxy behind TLS": ["https://proxy.example", "https://proxy.example"],
    "assumes http:// where there is no scheme": [host, `http://${host}`],
    "takes blanks off": [` ${host} `, `http://${host}`],
    "leaves path, query and fragment out": [`HTTP://${host}/a?b#c`, `http://${host}`],
    "takes an IPv6 address": ["[2001:db8::7]:3128", "http://[2001:db8::7]:3128"],
    "keeps an encoded password": [`http://ana:made%40up@${host}/`, `http://ana:made%40up@${host}`],
    "keeps a password without a scheme": [`ana:made-up@${host}`, `http://ana:made-up@${host}`],
    "keeps a user name without a password": [`http://ana@${host}`, `http://ana@${host}`],
    "keeps a password without a user name": [`http://:made-up@${host}`, `http://:made-up@${host}`],
    "encodes a % that begins no escape": [`http://joe:50%off@${host}`, `http://joe:50%25off@${host}`],
    "encodes a % at the end": [`http://joe:50%@${host}`, `http://joe:50%25@${host}`],
    "encodes the backslash of DOMAIN\\user": [
      `http://CORP\\joe:made-up@${host}`,
      `http://CORP%5Cjoe:made-up@${host}`,
    ],
    "encodes the backslash without a scheme": [
      `CORP\\joe:made-up@${host}`,
      `http://CORP%5Cjoe:made-up@${host}`,
    ],
    "keeps an encoded backslash": [`http://CORP%5cjoe:made-up@${host}`, `http://CORP%5cjoe:made-up@${host}`],
    "encodes @ and : of a password": [`http://joe:m@de:up@${host}`, `http://joe:m%40de%3Aup@${host}`],
    "encodes signs that URLs reserve": [
      `http://joe:a^b|c[d]!'@${host}`,
      `http://joe:a%5Eb%7Cc%5Bd%5D%21%27@${host}`,
    ],
    "encodes blanks and letters beyond ASCII": [
      `http://joe:a b\u00e9\u017f@${host}`,
      `http://joe:a%20b%C3%A9%C5%BF@${host}`,
    ],
  };
  test.each(Object.entries(values))("proxyRules() %s", (_, [value, url]) => {
    const shown = url.replace(/\/\/.*@/, "//");
    const expected = { url, shown, variable: "HTTPS_PROXY", hasLogin: shown !== url };
    expect(proxyRules({ HTTPS_PROXY: value }).https).toEqual(expected);
    expect(new URL(url).host).toBe(new URL(shown).host);
  });

  test.each([
    "socks5://ana:made-up@proxy.example:1080",
    "http://",
    "http://ana:made-up@:0x/",
    "   ",
    "ftp://p",
    "http:/proxy.example:3128",
    "http:\\\\proxy.example:3128",
    "http://proxy.example:3128\\made-up",
    "http://ana:made-up@",
    "http://ana:made-up@proxy example",
  ])("proxyRules() refuses %j by the name of the variable, without its value", async (value) => {
    const failure = await failureOf(() => proxyRules({ https_proxy: value }));
    expect(failure.kind).toBe("failed");
    expect(failure.message).toBe("cannot use the proxy of https_proxy: it is not an http:// or https:// URL");
    expect(shownText(failure)).not.toContain("made-up");
  });

  test.each(["made#up", "made?up", "made/up", "1234#made-up", "1234?made-up", "/made-up", "made-up\\a/b"])(
    "proxyRules() refuses the password %j, says how to write it, and shows nothing of it",
    async (password) => {
      for (const scheme of ["http://", "https://", ""]) {
        const value = `${scheme}joe:${password}@proxy.example:3128`;
        const failure = await failureOf(() => proxyRules({ HTTPS_PROXY: value }));
        expect(failure.message).toBe(
          "cannot use the proxy of HTTPS_PROXY: its user name or password holds a raw /, ? or #",
        );
        expect(failure.hints).toEqual(["percent-encode it: / is written as %2F, ? as %3F and # as %23"]);
        expect(shownText(failure)).not.toMatch(/made|1234|joe/);
      }
    },
  );
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
