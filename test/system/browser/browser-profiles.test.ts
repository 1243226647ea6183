import { expect, test } from "bun:test";
import { commandWithin, ownCommandsWithin, urlWithin } from "../../../src/system/browser/browser-profiles.ts";

const container = { kind: "firefox-container", name: "Work" } as const;
const profile = { kind: "chrome-profile", directory: "Profile 1", programs: [] } as const;

test("urlWithin() wraps the URL for a container only", () => {
  expect(urlWithin("http://127.0.0.1:1/a?b", container)).toBe(
    "ext+container:name=Work&url=http%3A%2F%2F127.0.0.1%3A1%2Fa%3Fb",
  );
  expect(urlWithin("http://x/", profile)).toBe("http://x/");
  expect(urlWithin("http://x/", undefined)).toBe("http://x/");
});

test("commandWithin() names the profile after the program, for the Chrome family only", () => {
  expect(commandWithin(["chromium", "-x", "u"], profile).slice(0, 2)).toEqual([
    "chromium",
    "--profile-directory=Profile 1",
  ]);
  expect(commandWithin(["firefox", "u"], container)).toEqual(["firefox", "u"]);
});

test("ownCommandsWithin() names Firefox where each platform has it", () => {
  const programs = (["linux", "darwin", "win32"] as const).map(
    (platform) => ownCommandsWithin("u", container, platform)[0]?.[0],
  );
  expect(programs).toEqual([
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
  ]);
});
