import { describe, expect, test } from "bun:test";
import { boundedText } from "../../../src/aws/http/bounded-text.ts";

const limit = 4 * 1024 * 1024;

/** A body of so many letters, in pieces; `pulled` counts the letters that were asked for. */
function stream(letters: number, piece = 64 * 1024) {
  const state = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = Math.min(piece, letters - state.pulled);
      if (size === 0) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(0x61));
      state.pulled += size;
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { body, state };
}

describe("boundedText()", () => {
  test("reads an announced body", async () => {
    const response = new Response("héllo", { headers: { "content-length": "6" } });
    expect(await boundedText(response)).toBe("héllo");
  });

  test("reads a body without an announced length", async () => {
    const { body } = stream(100_000);
    expect(await boundedText(new Response(body))).toBe("a".repeat(100_000));
  });

  test("reads characters that are cut in two", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of new TextEncoder().encode("a€😀")) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await boundedText(new Response(body))).toBe("a€😀");
  });

  test("shows half a character at the end rather than losing it", async () => {
    expect(await boundedText(new Response(Uint8Array.of(0x61, 0xe2, 0x82)))).toBe("a\uFFFD");
  });

  test("reads a response without a body as empty", async () => {
    expect(await boundedText(new Response(null, { status: 204 }))).toBe("");
  });

  test("reads a body of just the limit", async () => {
    const { body } = stream(limit);
    expect((await boundedText(new Response(body)))?.length).toBe(limit);
  });

  test("gives up a larger one and reads no more of it", async () => {
    const { body, state } = stream(limit * 10);
    expect(await boundedText(new Response(body))).toBeUndefined();
    expect(state.cancelled).toBe(true);
    expect(state.pulled).toBeLessThan(limit + 1024 * 1024);
  });

  const untrusted: Record<string, Record<string, string>> = {
    "larger than the limit": { "content-length": String(limit * 2) },
    "of what was packed": { "content-length": "20", "content-encoding": "gzip" },
    "beside another way to end": { "content-length": "20", "transfer-encoding": "chunked" },
    "that is no number": { "content-length": "many" },
  };
  test.each(Object.entries(untrusted))("does not rely on an announced length %s", async (_, headers) => {
    const { body } = stream(limit * 2);
    expect(await boundedText(new Response(body, { headers }))).toBeUndefined();
  });

  test("rejects as the body does when it breaks off", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error("broken off"));
      },
    });
    expect(boundedText(new Response(body))).rejects.toThrow("broken off");
  });
});
