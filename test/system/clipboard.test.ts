import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkClipboard, clipboardCommands, copyToClipboard } from "../../src/system/clipboard.ts";
import type { Environment } from "../../src/system/types.ts";

const xclip = ["xclip", "-selection", "clipboard"];
const xsel = ["xsel", "--clipboard", "--input"];

const cases: Record<string, [Environment, NodeJS.Platform, string[][]]> = {
  "takes macOS's program": [{}, "darwin", [["pbcopy"]]],
  "takes Windows's program": [{}, "win32", [["clip.exe"]]],
  "takes an X program under X": [{ DISPLAY: ":0" }, "linux", [xclip, xsel]],
  "prefers Wayland's program under Wayland": [
    { DISPLAY: ":0", WAYLAND_DISPLAY: "wayland-0" },
    "linux",
    [["wl-copy"], xclip, xsel],
  ],
  "takes Windows's program in its Linux subsystem": [{ WSL_INTEROP: "/run/x" }, "linux", [["clip.exe"]]],
  "has none without a graphical session": [{ DISPLAY: "" }, "linux", []],
};

describe("clipboardCommands()", () => {
  for (const [sentence, [env, platform, commands]] of Object.entries(cases)) {
    test(`clipboardCommands() ${sentence}`, () => {
      expect(clipboardCommands(env, platform)).toEqual(commands);
    });
  }
});

describe.skipIf(process.platform === "win32")("copyToClipboard()", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "aws-login-clipboard-"));
    await writeFile(join(folder, "wl-copy"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const script = `#!/bin/sh\n{ echo "$@"; /usr/bin/env; /bin/cat; } > ${folder}/seen\n`;
    await writeFile(join(folder, "xclip"), script, { mode: 0o755 });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test("copyToClipboard() gives the text on stdin to the first program that works, and no secret", async () => {
    const env = { PATH: folder, DISPLAY: ":0", WAYLAND_DISPLAY: "w", AWS_SESSION_TOKEN: "made-up-token" };
    await copyToClipboard("a text\nof two lines", env, "linux");
    const seen = await Bun.file(join(folder, "seen")).text();
    expect(seen).toStartWith("-selection clipboard\n");
    expect(seen).toEndWith("\na text\nof two lines");
    expect(seen).not.toContain("made-up-token");
  });

  test("copyToClipboard() says which programs it tried, and not the text", async () => {
    const env = { PATH: folder, WAYLAND_DISPLAY: "w" };
    await expect(copyToClipboard("a text", env, "linux")).rejects.toThrow(
      'cannot copy to the clipboard: "wl-copy" ended with status 1',
    );
    await expect(copyToClipboard("a text", { PATH: "/nonexistent", DISPLAY: ":0" }, "linux")).rejects.toThrow(
      'cannot copy to the clipboard: "xclip" was not found; "xsel" was not found',
    );
  });

  test("copyToClipboard() ends a program that does not end", async () => {
    const stuck = join(folder, "stuck");
    await mkdir(stuck);
    await writeFile(join(stuck, "wl-copy"), "#!/bin/sh\ntrap '' TERM\nexec /bin/sleep 60\n", { mode: 0o755 });
    const env = { PATH: stuck, WAYLAND_DISPLAY: "w" };
    await expect(copyToClipboard("a text", env, "linux", 200)).rejects.toThrow(
      'cannot copy to the clipboard: "wl-copy" was ended: it did not take the text within 0.2 s',
    );
  });

  test("checkClipboard() is content with one of the programs, whether it works or not", () => {
    checkClipboard({ PATH: folder, DISPLAY: ":0" }, "linux");
    checkClipboard({ PATH: folder, WAYLAND_DISPLAY: "w" }, "linux");
    checkClipboard({}, "darwin");
    checkClipboard({}, "win32");
  });

  test("checkClipboard() says what is missing, as copyToClipboard() would", () => {
    expect(() => checkClipboard({ PATH: "/nonexistent", DISPLAY: ":0" }, "linux")).toThrow(
      'cannot copy to the clipboard: "xclip" was not found; "xsel" was not found',
    );
    expect(() => checkClipboard({ PATH: folder }, "linux")).toThrow(
      "cannot copy to the clipboard: there is no graphical session",
    );
  });

  test("copyToClipboard() fails without a graphical session", async () => {
    await expect(copyToClipboard("a text", {}, "linux")).rejects.toThrow(
      "cannot copy to the clipboard: there is no graphical session",
    );
  });
});
