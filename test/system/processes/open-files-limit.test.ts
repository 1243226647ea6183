import { describe, expect, test } from "bun:test";
import { softLimitIn } from "../../../src/system/processes/open-files-limit.ts";

test("softLimitIn() reads the soft limit of open files", () => {
  const text =
    "Limit                     Soft Limit           Hard Limit           Units     \nMax processes             7        8   processes\nMax open files            1024                 524288               files     \n";
  expect(softLimitIn(text)).toBe(1024);
  expect(softLimitIn(text.replace("1024 ", "unlimited "))).toBeUndefined();
  expect(softLimitIn("")).toBeUndefined();
});

describe.skipIf(process.platform !== "linux")("restoreOpenFilesLimit()", () => {
  test("restoreOpenFilesLimit() gives programs the limit of the process that started this one", () => {
    const code =
      "import { restoreOpenFilesLimit } from './src/system/processes/open-files-limit.ts'; restoreOpenFilesLimit(); process.stdout.write(Bun.spawnSync(['sh', '-c', 'ulimit -Sn; ulimit -Hn']).stdout)";
    // Not the last command of the shell, which would take its place.
    const line = 'ulimit -Sn 222; "$0" -e "$1"; :';
    const { stdout } = Bun.spawnSync(["sh", "-c", line, process.execPath, code]);
    const hard = Bun.spawnSync(["sh", "-c", "ulimit -Hn"]).stdout.toString();
    expect(stdout.toString()).toBe(`222\n${hard}`);
  });
});
