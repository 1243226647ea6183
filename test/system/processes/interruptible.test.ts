import { expect, test } from "bun:test";
import { interruptible } from "../../../src/system/processes/interruptible.ts";

test("interruptible() hands on what the work comes to, and listens to nothing afterwards", async () => {
  const listeners = process.listenerCount("SIGINT");
  expect(await interruptible("working", async () => 7)).toBe(7);
  await expect(interruptible("working", async () => Promise.reject(new Error("mine")))).rejects.toThrow(
    "mine",
  );
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});

test("interruptible() listens once where work begins just after other work has ended", async () => {
  const listeners = process.listenerCount("SIGINT");
  for (let round = 0; round < 3; round++) {
    // It ends when the process has just begun to listen, which takes longer than the step to the next work.
    await interruptible("working", () => new Promise<void>((done) => setTimeout(done, 20)));
    await interruptible("working", () => interruptible("more", async () => {}));
  }
  // Each listener that is left over would end this process at its next signal.
  await interruptible("last", () => interruptible("more", async () => {}));
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});
