/**
 * Reading a file on Windows. A rejecting read of `Bun.file` does not keep the runtime's event loop alive there
 * (https://github.com/oven-sh/bun/issues/39787), so that the process would end with status 0 before it has answered.
 */
import { open } from "node:fs/promises";

/** The first `longest` bytes and one more, where the file has as many. Rejects with the system's error. */
export async function readBytesOnWindows(path: string, longest: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const chunks: Uint8Array[] = [];
    let left = longest + 1;
    while (left > 0) {
      const { bytesRead, buffer } = await file.read({ buffer: new Uint8Array(Math.min(left, 65_536)) });
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      left -= bytesRead;
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    await file.close();
  }
}
