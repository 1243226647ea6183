import { describe, expect, test } from "bun:test";
import { checkBrowser } from "../../../src/commands/console/check-browser.ts";
import type { Environment } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";

describe("checkBrowser()", () => {
  test.each<Environment>([
    { WSL_DISTRO_NAME: "Debian" },
    { WSL_INTEROP: "/run/WSL/8_interop" },
    { WSL_DISTRO_NAME: "Debian", BROWSER: "" },
  ])("refuses the browser of Windows: %p", async (env) => {
    const failure = await failureOf(() => checkBrowser(env, "linux"));
    expect(failure.message).toContain("Windows Subsystem for Linux");
    expect(failure.hints).toEqual([
      "print the URL instead with --no-browser, or name a Linux browser in BROWSER",
    ]);
  });

  const fine: Record<string, [env: Environment, platform: NodeJS.Platform]> = {
    "a browser that is named": [{ WSL_DISTRO_NAME: "Debian", BROWSER: "firefox" }, "linux"],
    "Linux itself": [{}, "linux"],
    "Windows, where the variables are only passed on": [{ WSL_DISTRO_NAME: "Debian" }, "win32"],
  };
  test.each(Object.entries(fine))("passes %s", (_, [env, platform]) => {
    expect(() => checkBrowser(env, platform)).not.toThrow();
  });
});
