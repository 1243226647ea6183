import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checksums } from "../../../scripts/release/checksums.ts";

test("checksums() gives the lines that sha256sum checks, in the order asked for", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-checksums-"));
  try {
    await Bun.write(join(folder, "abc"), "abc");
    await Bun.write(join(folder, "sub/empty"), "");
    // The sums of FIPS 180-4's example and of nothing.
    expect(await checksums(folder, ["sub/empty", "abc"])).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  sub/empty\n" +
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc\n",
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
