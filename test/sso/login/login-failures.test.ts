import { expect, test } from "bun:test";
import {
  browserError,
  codeExpired,
  inWords,
  noBrowserCame,
  refusedInBrowser,
} from "../../../src/sso/login/login-failures.ts";

test("refusedInBrowser() has a hint", () => {
  const { kind, message, hints } = refusedInBrowser();
  expect([kind, message]).toEqual(["failed", "the request was refused in the browser"]);
  expect(hints).toEqual(["run the command again, and approve the request"]);
});

test("browserError() shows an error of OAuth and no other text", () => {
  expect(browserError("server_error").message).toEndWith("came back with server_error");
  expect(browserError("<b>secret</b>").message).toEndWith("came back with an error of no known name");
});

test("noBrowserCame() and codeExpired() say how long the login waited", () => {
  expect(noBrowserCame(600_000).message).toBe("no browser came back within 10 minutes");
  expect(codeExpired(600).message).toBe("the code was not approved within 10 minutes");
});

test("inWords() counts seconds up to two minutes", () => {
  expect([1, 4, 119, 120, 600].map(inWords)).toEqual([
    "1 second",
    "4 seconds",
    "119 seconds",
    "2 minutes",
    "10 minutes",
  ]);
});
