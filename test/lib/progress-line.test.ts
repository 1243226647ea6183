import { expect, test } from "bun:test";
import { noProgressLine, progressLine } from "../../src/lib/progress-line.ts";

function scene() {
  const written: string[] = [];
  const time = { now: 1000 };
  const line = progressLine({ now: () => time.now, stderrText: (text) => written.push(text) });
  return { line, written, time };
}

test("progressLine() replaces each text by the next", () => {
  const { line, written, time } = scene();
  line.show("10 of 20");
  time.now += 100;
  line.show("done");
  expect(written).toEqual(["\raws-login: 10 of 20", "\raws-login: done    "]);
});

test("progressLine() shows no more than ten texts a second", () => {
  const { line, written, time } = scene();
  for (let count = 0; count < 1000; count++) {
    line.show(`${count}`);
    time.now += 1;
  }
  expect(written).toHaveLength(10);
});

test("progressLine() leaves nothing behind when it is cleared", () => {
  const { line, written } = scene();
  line.show("abc");
  line.clear();
  expect(written.at(-1)).toBe(`\r${" ".repeat("aws-login: abc".length)}\r`);
});

test("progressLine() writes nothing when there is nothing to clear", () => {
  const { line, written } = scene();
  line.clear();
  line.show("abc");
  line.clear();
  line.clear();
  expect(written).toHaveLength(2);
});

test("progressLine() never fills a line of eighty characters, which the terminal would wrap", () => {
  const { line, written } = scene();
  line.show("x".repeat(200));
  expect(written[0]).toHaveLength(1 + 79);
});

test("noProgressLine writes nothing", () => {
  expect(noProgressLine.show("x")).toBeUndefined();
  expect(noProgressLine.clear()).toBeUndefined();
});
