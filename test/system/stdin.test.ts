import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { root } from "../support/source-tree.ts";

const program = `
  import { readStdin } from ${JSON.stringify(join(root, "src/system/stdin.ts"))};
  console.log(await readStdin().then((text) => text.length, (error) => error.message));`;

/** What a program says that reads the stdin that `writer` fills. */
async function read(writer: string): Promise<string> {
  const argv = ["bash", "-c", `${writer} | "$0" -e "$1"`, process.execPath, program];
  return (await Bun.spawn(argv, { stdio: ["ignore", "pipe", "inherit"] }).stdout.text()).trim();
}

describe.skipIf(process.platform === "win32")("readStdin()", () => {
  test("readStdin() reads all that is written, in however many parts", async () => {
    expect(await read("(echo one; echo two)")).toBe("8");
    expect(await read("true")).toBe("0");
  });

  test("readStdin() takes four mebibytes and not a byte more", async () => {
    expect(await read("head -c 4194304 /dev/zero")).toBe("4194304");
    expect(await read("head -c 4194305 /dev/zero")).toBe("cannot read stdin: it is longer than 4 MiB");
  });

  test("readStdin() ends where its writer does not", async () => {
    expect(await read("yes")).toBe("cannot read stdin: it is longer than 4 MiB");
  });
});
