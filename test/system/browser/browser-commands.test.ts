import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { browserCommands } from "../../../src/system/browser/browser-commands.ts";
import type { BrowserProfile, Environment } from "../../../src/system/types.ts";

const url = "http://127.0.0.1:1/x?a=$&b='c'";
const rundll = ["rundll32.exe", "url.dll,FileProtocolHandler", url];

const enc = encodeURIComponent;
const container = `ext+container:name=${enc("Work & play")}&url=${enc(url)}`;
const flags = ["--profile-directory=Profile 1", "--no-first-run", "--no-default-browser-check"];

const within: Record<string, [Environment, NodeJS.Platform, BrowserProfile, string[][]]> = {
  "opens a container in Firefox": [
    {},
    "linux",
    { kind: "firefox-container", name: "Work & play" },
    [
      ["firefox", "--new-tab", container],
      ["firefox-esr", "--new-tab", container],
    ],
  ],
  "opens a container in the program of BROWSER": [
    { BROWSER: "firefox-nightly --new-tab %s" },
    "linux",
    { kind: "firefox-container", name: "Work & play" },
    [["firefox-nightly", "--new-tab", container]],
  ],
  "opens a profile in the browser that has it": [
    {},
    "linux",
    { kind: "chrome-profile", directory: "Profile 1", programs: ["chromium", "chromium-browser"] },
    [
      ["chromium", ...flags, url],
      ["chromium-browser", ...flags, url],
    ],
  ],
  "opens a profile in the program of BROWSER": [
    { BROWSER: "chromium --incognito" },
    "linux",
    { kind: "chrome-profile", directory: "Profile 1", programs: ["google-chrome"] },
    [["chromium", ...flags, "--incognito", url]],
  ],
};
for (const [name, [env, platform, profile, commands]] of Object.entries(within)) {
  test(`browserCommands() ${name}`, () => {
    expect(browserCommands(url, env, platform, profile)).toEqual(commands);
  });
}

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
