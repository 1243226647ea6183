import { describe, expect, test } from "bun:test";
import { chromeProfile } from "../../../src/commands/console/chrome-profile.ts";
import { failureOf } from "../../support/failure.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";

function localState(names: Record<string, string>): string {
  const entries = Object.entries(names).map(([directory, name]) => [directory, { name, other: 1 }]);
  return JSON.stringify({ profile: { info_cache: Object.fromEntries(entries) } });
}

const chromium = "/home/me/.config/chromium/Local State";
const chrome = "/home/me/.config/google-chrome/Local State";
const find = (name: string, setup: FakeSetup) => chromeProfile(name, fakeSystem(setup), "/home/me");

describe("chromeProfile()", () => {
  const files = {
    [chrome]: localState({ Default: "Home", "Profile 2": "Play" }),
    [chromium]: localState({ Default: "Home", "Profile 1": "Work" }),
  };

  test("chromeProfile() finds the folder and the browser by the name that is shown", async () => {
    expect(await find("Work", { files })).toEqual({
      kind: "chrome-profile",
      directory: "Profile 1",
      programs: ["chromium", "chromium-browser"],
    });
  });

  test("chromeProfile() takes the first browser that has the name", async () => {
    expect(await find("Home", { files })).toMatchObject({
      programs: ["google-chrome", "google-chrome-stable"],
    });
  });

  test("chromeProfile() looks only in the browser of BROWSER, where it is known", async () => {
    const env = { BROWSER: "/usr/bin/chromium --incognito %s:firefox" };
    expect(await find("Home", { files, env })).toMatchObject({
      directory: "Default",
      programs: ["chromium", "chromium-browser"],
    });
    const failure = await failureOf(() => find("Play", { files, env }));
    expect(failure.message).toContain("in Chromium");
  });

  test("chromeProfile() takes the folder's own name too", async () => {
    expect(await find("Profile 2", { files })).toMatchObject({ directory: "Profile 2" });
  });

  test("chromeProfile() finds the files of each platform", async () => {
    const work = localState({ "Profile 1": "Work" });
    const mac = { "/home/me/Library/Application Support/Google/Chrome/Local State": work };
    expect(await find("Work", { files: mac, platform: "darwin" })).toMatchObject({ directory: "Profile 1" });
    const folder = "C:\\Users\\me\\AppData\\Local";
    const windows = { [`${folder}\\Google\\Chrome\\User Data\\Local State`]: work };
    expect(
      await find("Work", { files: windows, platform: "win32", env: { LOCALAPPDATA: folder } }),
    ).toMatchObject({ directory: "Profile 1" });
    const moved = { "/conf/chromium/Local State": work };
    expect(await find("Work", { files: moved, env: { XDG_CONFIG_HOME: "/conf" } })).toMatchObject({
      directory: "Profile 1",
    });
  });

  test("chromeProfile() names the profiles there are, or the nearest", async () => {
    expect((await failureOf(() => find("Wrok", { files }))).hints).toEqual([
      'did you mean --chrome-profile "Work"?',
    ]);
    expect((await failureOf(() => find("unknown", { files }))).hints).toEqual([
      "the profiles are: Home, Play, Work",
    ]);
  });

  test("chromeProfile() refuses a name that two profiles of one browser have", async () => {
    const twins = { [chromium]: localState({ Default: "Work", "Profile 1": "Work" }) };
    const failure = await failureOf(() => find("Work", { files: twins }));
    expect(failure.message).toContain("Chromium has more than one profile of that name");
    expect(failure.hints.join()).toContain('"Default" or "Profile 1"');
  });

  test("chromeProfile() says which file it cannot read, and takes one of another form for empty", async () => {
    const locked = await failureOf(() => find("Work", { files: { [chromium]: new Error("EACCES") } }));
    expect(locked.message).toBe(`cannot look for the profiles of Chromium: cannot read ${chromium}: EACCES`);
    await failureOf(() => find("Work", { files: { [chromium]: "no JSON" } }));
  });
});
