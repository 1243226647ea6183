import { describe, expect, test } from "bun:test";
import { complete } from "../../src/completion/completion.ts";

const config = '[profile dev]\n[profile "my prof"]\n';
const files = {
  readNow: (path: string) => (path === "/h/.aws/config" ? config : undefined),
  namesIn: () => [],
  areOwn: () => true,
};

function completed(...args: string[]): Promise<string> {
  return complete(args, { HOME: "/h" }, files);
}

const BREAKS = " \t\n\"'><=;|&(:";

describe("complete()", () => {
  test("complete() gives bash what it puts in the place of the typed part", async () => {
    expect(await completed("bash", BREAKS, "aws-login console ")).toBe("dev\nmy\\ prof\n");
    expect(await completed("bash", BREAKS, "aws-login console --profile='my")).toBe("my prof\n");
    expect(await completed("bash", "", "aws-login console --profile=my")).toBe("--profile\\=my\\ prof\n");
    expect(await completed("bash", BREAKS, "aws-login console 'my'p")).toBe("");
  });

  test("complete() gives zsh and fish names and what they are", async () => {
    expect(await completed("zsh", "console", "--profile=my")).toBe("my prof\tprofile\n");
    expect(await completed("fish", "console", "")).toBe("dev\tprofile\nmy prof\tprofile\n");
  });

  test("complete() gives PowerShell words, and takes a dot from each", async () => {
    expect(await completed("powershell", ".console", ".--profile", ".")).toBe(
      "dev\tdev\tprofile\n'my prof'\tmy prof\tprofile\n",
    );
  });

  test("complete() gives PowerShell the whole word of an option and its value", async () => {
    expect(await completed("powershell", ".console", ".--profile=m")).toBe(
      "'--profile=my prof'\tmy prof\tprofile\n",
    );
  });

  test("complete() gives nothing for another shell, and where no name can stand", async () => {
    expect([
      await completed(),
      await completed("tcsh", "console", ""),
      await completed("zsh", "con"),
    ]).toEqual(["", "", ""]);
  });
});
