import { describe, expect, test } from "bun:test";
import { helperPage } from "../../src/cli/helper-page.ts";
import { parse } from "../../src/cli/parse.ts";
import { dumpcredsWords } from "../../src/cli/signing-helper.ts";
import { REFUSED } from "../../src/cli/signing-helper-options.ts";
import { examples, lines } from "./help-page.ts";
import { words } from "./words.ts";

describe("helperPage()", () => {
  test("helperPage() fits 80 columns", () => {
    for (const line of lines(helperPage())) expect([line, line.length <= 80]).toEqual([line, true]);
  });

  test("helperPage() has a row with a text for each option, and names those that are refused", () => {
    const rows = [...helperPage().matchAll(/^ {2}(--[a-z-]+)(?: [A-Z]+)?(?: {2,}|\n {33})\S/gm)];
    // The names of version 1.8.0 of the helper that work here, and the password's file.
    expect(rows.map(([, name]) => name)).toEqual([
      ...["--certificate", "--private-key", "--private-key-password-file", "--intermediates"],
      ...["--trust-anchor-arn", "--profile-arn", "--role-arn", "--endpoint"],
      ...["--session-duration", "--role-session-name", "--region", "--with-proxy", "--debug"],
    ]);
    for (const name of Object.keys(REFUSED)) expect(helperPage()).toContain(name);
  });

  test("helperPage() has an example that can be typed", () => {
    const [line = ""] = examples(helperPage());
    expect(parse(dumpcredsWords(words(line)))).toMatchObject({
      command: "dumpcreds",
      options: { credentialHelper: true, useCache: true, profile: "dev" },
    });
  });
});
