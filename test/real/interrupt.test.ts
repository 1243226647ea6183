import { expect, test } from "bun:test";
import { interruptible } from "../../src/real/interrupt.ts";
import { failureOf } from "../support/failure.ts";

test("interruptible() hands on what the work comes to", async () => {
  expect(await interruptible("working", async () => 7)).toBe(7);
  await expect(interruptible("working", async () => Promise.reject(new Error("mine")))).rejects.toThrow(
    "mine",
  );
});

test("interruptible() ends with Ctrl-C while the work is still going on", async () => {
  const listeners = process.listenerCount("SIGINT");
  const failing = failureOf(() => interruptible("signing in", () => new Promise(() => {})));
  process.kill(process.pid, "SIGINT");
  const failure = await failing;
  expect([failure.kind, failure.message]).toEqual(["interrupted", "signing in: interrupted"]);
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});
