import type { Environment, HelperEnd } from "../system.ts";
import { shellLine } from "./child-windows.ts";

/** Bytes of each stream: far more than credentials or an honest complaint take. */
const LONGEST = 1024 * 1024;

/**
 * Runs a command line through the platform's shell, with this program's stdin and exactly `env`, and gathers what it
 * writes. Waits as long as the helper does: it may be asking a person. One that floods a stream is killed.
 */
export async function runHelper(
  command: string,
  env: Environment,
  platform: NodeJS.Platform,
): Promise<HelperEnd> {
  const onWindows = platform === "win32";
  const argv = ["cmd.exe", "/d", "/s", "/c", command];
  // After `--` a command that begins with a hyphen is no option of the shell's.
  const child = Bun.spawn(onWindows ? (shellLine(argv) ?? argv) : ["/bin/sh", "-c", "--", command], {
    env: { ...env },
    stdio: ["inherit", "pipe", "pipe"],
    windowsVerbatimArguments: onWindows,
  });
  const gather = async (stream: ReadableStream<Uint8Array>): Promise<string | undefined> => {
    const decoder = new TextDecoder();
    let text = "";
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.byteLength;
      if (size > LONGEST) {
        child.kill("SIGKILL");
        return undefined;
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  };
  const [stdout, stderr] = await Promise.all([gather(child.stdout), gather(child.stderr), child.exited]);
  return {
    status: child.exitCode ?? undefined,
    signal: child.signalCode === null ? undefined : String(child.signalCode),
    stdout,
    stderr,
  };
}
