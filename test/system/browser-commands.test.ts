import { describe, expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import { browserCommands } from "../../src/system/browser-commands.ts";
import type { Environment } from "../../src/system/types.ts";

const url = "http://127.0.0.1:1/x?a=$&b='c'";
const rundll = ["rundll32.exe", "url.dll,FileProtocolHandler", url];

const cases: Record<string, [Environment, NodeJS.Platform, string[][]]> = {
  "opens with xdg-open on Linux": [{}, "linux", [["xdg-open", url]]],
  "opens with open on macOS": [{}, "darwin", [["open", url]]],
  "opens with the system's handler on Windows": [{}, "win32", [rundll]],
  "tries what opens Windows's browser in its Linux subsystem first": [
    { WSL_DISTRO_NAME: "Debian" },
    "linux",
    [["wslview", url], rundll, ["xdg-open", url]],
  ],
  "prefers BROWSER": [{ BROWSER: "firefox" }, "darwin", [["firefox", url]]],
  "takes an empty BROWSER for none": [{ BROWSER: "" }, "linux", [["xdg-open", url]]],
  "puts the URL where %s stands, as it is": [
    { BROWSER: "'my browser' --app=%s -x" },
    "linux",
    [["my browser", `--app=${url}`, "-x"]],
  ],
  "tries the programs of BROWSER in order": [
    { BROWSER: "chromium --incognito::lynx %s &" },
    "linux",
    [
      ["chromium", "--incognito", url],
      ["lynx", url],
    ],
  ],
  "keeps the colon and the backslashes of a path on Windows": [
    { BROWSER: '"C:\\Program Files\\b.exe" -new;other.exe' },
    "win32",
    [
      ["C:\\Program Files\\b.exe", "-new", url],
      ["other.exe", url],
    ],
  ],
};

describe("browserCommands()", () => {
  for (const [sentence, [env, platform, commands]] of Object.entries(cases)) {
    test(`browserCommands() ${sentence}`, () => {
      expect(browserCommands(url, env, platform)).toEqual(commands);
    });
  }

  test("browserCommands() refuses an open quotation mark in BROWSER", () => {
    expect(() => browserCommands(url, { BROWSER: "'firefox" }, "linux")).toThrow(Failure);
  });
});
