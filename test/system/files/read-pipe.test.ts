import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBytes } from "../../../src/system/files/files.ts";
import { readPipe } from "../../../src/system/files/read-pipe.ts";

test.skipIf(process.platform === "win32")(
  "readPipe() gives what the pipe held at each call, and other callers are refused a pipe",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "aws-login-pipe-"));
    try {
      const pipe = join(folder, "pipe");
      Bun.spawnSync(["mkfifo", pipe]);
      await expect(readBytes(pipe)).rejects.toThrow("it is not a regular file");
      const writer = Bun.spawn(["sh", "-c", `printf '\\377key' > ${pipe}`]);
      const bytes = [0xff, 0x6b, 0x65, 0x79];
      expect([...((await readBytes(pipe, "read")) ?? [])]).toEqual(bytes);
      expect([...(await readPipe(pipe))]).toEqual(bytes);
      expect(await writer.exited).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
