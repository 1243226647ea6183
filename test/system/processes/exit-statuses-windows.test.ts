import { expect, test } from "bun:test";
import { windowsExitStatuses } from "../../../src/system/processes/exit-statuses-windows.ts";

test.skipIf(process.platform === "win32")(
  "windowsExitStatuses() is undefined on a system without kernel32",
  async () => {
    expect(await windowsExitStatuses()).toBeUndefined();
  },
);
