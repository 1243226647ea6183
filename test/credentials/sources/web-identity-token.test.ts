import { describe, expect, test } from "bun:test";
import {
  readWebIdentityToken,
  tokenPlace,
  type WebIdentityToken,
} from "../../../src/credentials/sources/web-identity-token.ts";
import type { System } from "../../../src/system/types.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const stdin: WebIdentityToken = { kind: "stdin" };
const gitHub: WebIdentityToken = {
  kind: "github",
  url: new URL("https://actions.example/idtoken?api-version=2.0"),
  requestToken: "made-up-request-token",
};
const file: WebIdentityToken = { kind: "file", path: "/run/token", source: "--web-identity-token" };

function context(instead: Partial<System> = {}, files: Readonly<Record<string, string>> = {}) {
  const system = fakeSystem({ instead: { stdinIsTerminal: async () => false, ...instead }, files });
  return { system, http: fakeHttpClient(system) };
}

describe("readWebIdentityToken()", () => {
  test("readWebIdentityToken() reads the file without the blanks at its ends", async () => {
    expect(await readWebIdentityToken(file, context({}, { "/run/token": " a.b.c\r\n" }))).toBe("a.b.c");
  });

  test("readWebIdentityToken() names the option of a file that does not exist", async () => {
    const failure = await failureOf(() => readWebIdentityToken(file, context()));
    expect(failure.message).toBe(
      "cannot use the token file /run/token (--web-identity-token): it does not exist",
    );
  });

  test("readWebIdentityToken() reads stdin without the line end", async () => {
    expect(await readWebIdentityToken(stdin, context({ readStdin: async () => "a.b.c\n" }))).toBe("a.b.c");
  });

  test("readWebIdentityToken() refuses an empty stdin", async () => {
    const failure = await failureOf(() =>
      readWebIdentityToken(stdin, context({ readStdin: async () => "\n" })),
    );
    expect(failure.message).toBe("cannot use --web-identity-token -: there is no token on stdin");
  });

  test("readWebIdentityToken() does not read a terminal, where the token would be seen", async () => {
    const failure = await failureOf(() =>
      readWebIdentityToken(stdin, context({ stdinIsTerminal: async () => true })),
    );
    expect(failure.message).toBe("cannot use --web-identity-token -: stdin is a terminal");
    expect(failure.hints[0]).toContain("PROGRAM | aws-login");
  });

  test("readWebIdentityToken() asks GitHub Actions for the audience of AWS", async () => {
    const here = context();
    const url = "https://actions.example/idtoken?api-version=2.0&audience=sts.amazonaws.com";
    here.system.expect("GET", url, Response.json({ value: "a.b.c" }));
    expect(await readWebIdentityToken(gitHub, here)).toBe("a.b.c");
  });

  test("readWebIdentityToken() says that GitHub Actions gave no token", async () => {
    const here = context();
    const url = "https://actions.example/idtoken?api-version=2.0&audience=sts.amazonaws.com";
    here.system.expect("GET", url, Response.json({ message: "no" }, { status: 403 }));
    const failure = await failureOf(() => readWebIdentityToken(gitHub, here));
    expect(failure.message).toBe("cannot get a token from GitHub Actions: it responds with status 403: no");
    expect(shownText(failure)).not.toContain("made-up");
  });
});

test("tokenPlace() names the file and what named it, stdin, or GitHub", () => {
  expect([file, stdin, gitHub].map(tokenPlace)).toEqual([
    "the token in /run/token (--web-identity-token)",
    "the token on stdin",
    "the token of GitHub Actions",
  ]);
});
