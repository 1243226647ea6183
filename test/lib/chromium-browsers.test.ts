import { expect, test } from "bun:test";
import { browserOfProgram } from "../../src/lib/chromium-browsers.ts";

test("browserOfProgram() knows a program by its name, wherever it is", () => {
  expect(browserOfProgram("/opt/x/google-chrome-stable", "linux")?.name).toBe("Chrome");
  expect(browserOfProgram("chromium", "linux")?.name).toBe("Chromium");
  expect(browserOfProgram("D:\\Apps\\MSEDGE.EXE", "win32")?.name).toBe("Edge");
  expect(browserOfProgram("/usr/bin/firefox", "linux")).toBeUndefined();
});
