import { expect, test } from "bun:test";
import { virtualClock } from "./virtual-clock.ts";

test("virtualClock lets hours pass at once, in order", async () => {
  const clock = virtualClock(5);
  const order: string[] = [];
  const note = async (name: string, milliseconds: number) => {
    await clock.sleep(milliseconds);
    order.push(`${name} at ${clock.now()}`);
  };
  await clock.run(Promise.all([note("late", 7_200_000), note("soon", 1), note("first", 0)]));
  expect(order).toEqual(["first at 5", "soon at 6", "late at 7200005"]);
});

test("virtualClock fails when the work waits for nothing", async () => {
  const clock = virtualClock();
  await expect(clock.run(new Promise(() => {}))).rejects.toThrow("nothing is due");
});
