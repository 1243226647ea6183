import { describe, expect, test } from "bun:test";
import { proxyLoginFailure, proxyLoginHint } from "../../../src/aws/http/proxy-login.ts";

const url = new URL("http://sts.example:8080/");
const plain = {
  url: "http://proxy.example:3128",
  shown: "http://proxy.example:3128",
  variable: "https_proxy",
  hasLogin: false,
};
const withLogin = { ...plain, url: "http://ana:made-up@proxy.example:3128", hasLogin: true };
const by = "the proxy http://proxy.example:3128 (https_proxy)";
const enter = "put them into the URL: https_proxy=http://USER:PASSWORD@HOST:PORT";

function told(proxy: typeof plain | undefined, offered?: string): string {
  const headers = new Headers(offered === undefined ? {} : { "proxy-authenticate": offered });
  const failure = proxyLoginFailure(url, proxy, headers);
  return `${failure.message} / ${failure.hints.join()}`;
}

describe("proxyLoginFailure()", () => {
  test("proxyLoginFailure() asks for a user name and a password where the URL has none", () => {
    expect(told(plain, 'Basic realm="a, NTLM"')).toBe(
      `${by} wants a user name and a password (407) / ${enter}`,
    );
    expect(told(plain)).toBe(`${by} wants a user name and a password (407) / ${enter}`);
  });

  test("proxyLoginFailure() says that the proxy refused the login of the URL", () => {
    for (const offered of [undefined, "", 'Negotiate, NTLM, basic realm="x"', 'realm="made-up"']) {
      expect(told(withLogin, offered)).toBe(
        `${by} refused the user name and password of its URL (407) / ` +
          "correct them in https_proxy; in a URL, % is written as %25, @ as %40, : as %3A and / as %2F",
      );
    }
  });

  const schemes: Record<string, [offered: string, shown: string]> = {
    "one scheme": ["NTLM", "NTLM"],
    "two schemes in two headers, as they are joined": ["Negotiate, NTLM", "Negotiate, NTLM"],
    "a scheme with a token": ["NTLM TlRMTVNTUAACAAAA==", "NTLM"],
    "schemes with parameters": [
      'Digest realm="a, Basic", qop="auth", nonce="made, up", Negotiate',
      "Digest, Negotiate",
    ],
    "a realm that is not closed": ['Digest realm="a, Basic', "Digest"],
    "a scheme that is offered twice": ['Digest realm="a", Digest realm="b"', "Digest"],
  };
  for (const [name, [offered, shown]] of Object.entries(schemes)) {
    test(`proxyLoginFailure() names the schemes that this program does not speak: ${name}`, () => {
      for (const proxy of [plain, withLogin]) {
        expect(told(proxy, offered)).toBe(
          `${by} offers only ${shown} to sign in with, and this program only Basic (407) / ` +
            "run a local proxy that signs in to that one, such as Px or Cntlm, and name it in https_proxy",
        );
      }
    });
  }

  test("proxyLoginFailure() names the host where no proxy was configured", () => {
    expect(told(undefined)).toBe(
      "sts.example:8080 wants a user name and a password (407) / " +
        "put them into the URL: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
    );
  });
});

test("proxyLoginHint() points to the URL that has a user name already", () => {
  expect([proxyLoginHint(plain), proxyLoginHint(withLogin)]).toEqual([
    enter,
    "check those in the URL of https_proxy",
  ]);
});
