import { expect, test } from "bun:test";
import { heededSignals, ignoredMask } from "../../../src/system/processes/heeded-signals.ts";

test("ignoredMask() reads the signals that a process ignores", () => {
  const status = (mask: string) => `Name:\tx\nSigBlk:\tffffffffffffffff\nSigIgn:\t${mask}\nSigCgt:\t01\n`;
  expect(ignoredMask(status("0000000000000001"))).toBe(1);
  expect(ignoredMask(status("0000000000004002"))).toBe(0x4002);
  expect(ignoredMask("Name:\tx\n")).toBe(0);
});

test.skipIf(process.platform !== "linux")(
  "heededSignals() are all signals where the system does not tell which are ignored",
  async () => {
    const refused = async () => Promise.reject(Object.assign(new Error("no descriptor"), { code: "EMFILE" }));
    expect(await heededSignals(refused)).toEqual(["SIGHUP", "SIGINT", "SIGTERM"]);
    expect(await heededSignals(async () => undefined)).toEqual(["SIGHUP", "SIGINT", "SIGTERM"]);
  },
);

const file = `${import.meta.dir}/../../../src/system/processes/heeded-signals.ts`;
const script = `console.log(...(await (await import("${file}")).heededSignals()))`;

test.skipIf(process.platform !== "linux")("heededSignals() leaves out what nohup ignores", async () => {
  expect(await heededSignals()).toContain("SIGTERM");
  const child = Bun.spawn(["nohup", process.execPath, "-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  expect(await child.stdout.text()).toBe("SIGINT SIGTERM\n");
});
