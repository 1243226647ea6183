import { expect, test } from "bun:test";
import { join } from "node:path";
import { endingSignal, endProcess, tellTerminalOf } from "../../../src/system/processes/endpoint-process.ts";

const source = join(import.meta.dir, "../../../src/system/processes/endpoint-process.ts");

test.skipIf(process.platform === "win32")(
  "closeStdout() ends stdout for its reader while the process goes on",
  async () => {
    const script = `import { closeStdout } from ${JSON.stringify(source)};
    import { writeSync } from "node:fs";
    writeSync(1, "before ");
    closeStdout(process.platform);
    writeSync(1, "after");
    await Bun.sleep(60_000);`;
    const child = Bun.spawn([process.execPath, "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    expect(await child.stdout.text()).toBe("before ");
    expect(child.exitCode).toBeNull();
    child.kill();
    await child.exited;
  },
);

test("endingSignal() resolves to the signal, which does not end the process", async () => {
  const signal = endingSignal(["SIGHUP"]);
  process.kill(process.pid, "SIGHUP");
  expect(await signal).toBe("SIGHUP");
});

test.skipIf(process.platform === "win32")(
  "tellTerminalOf() answers that a process has no terminal",
  async () => {
    const child = Bun.spawn(["sleep", "60"], { detached: true });
    expect(tellTerminalOf(child.pid, "made-up", process.platform)).toBe(false);
    child.kill();
    await child.exited;
    expect(tellTerminalOf(child.pid, "made-up", process.platform)).toBe(false);
  },
);

test.skipIf(process.platform === "win32")("endProcess() ends a process, or finds it gone", async () => {
  const child = Bun.spawn(["sleep", "60"]);
  endProcess(child.pid);
  await child.exited;
  expect(child.signalCode).toBe("SIGTERM");
  endProcess(child.pid);
});
