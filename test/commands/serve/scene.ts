/** A system in which the profile dev has a session, and a server answers nothing. */
import type { System } from "../../../src/system/types.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const session =
  "[dev]\naws_access_key_id = ASIA1\naws_secret_access_key = made-up\naws_session_token = made-up\n";

export function scene(instead: Partial<System> = {}): { system: FakeSystem; log: string[] } {
  const log: string[] = [];
  const system = fakeSystem({
    env: { HOME: "/home/me", PATH: "/bin" },
    instead: {
      ...memoryFiles({ "/home/me/.aws/credentials": session }),
      randomBytes: (length) => new Uint8Array(length),
      serveRequests: async ({ port }) => ({ port: port || 4100, stop: async () => void log.push("stop") }),
      closeStdout: async () => void log.push("closed stdout"),
      endingSignal: async () => "SIGTERM",
      ...instead,
    },
  });
  return { system, log };
}
