import { describe, expect, test } from "bun:test";
import { formatEntry } from "../../../src/credentials/cache/entry.ts";
import { entryPath } from "../../../src/credentials/cache/read.ts";
import { openStoredEntry } from "../../../src/credentials/cache/stored-entry.ts";
import type { System } from "../../../src/system/types.ts";
import { keptRole, key } from "../../support/cached-credentials.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const path = entryPath("/own", key.request);
const entry = { cached: keptRole(), note: undefined };
const fails = (why: string) => async () => Promise.reject(new Error(why));

async function open(instead: Partial<System> = {}) {
  const files = memoryFiles({ [path]: formatEntry(key, entry) });
  const system = fakeSystem({ instead: { ...files, ...instead } });
  const traced: string[] = [];
  const stored = await openStoredEntry(system, "/own", key, (line) => traced.push(line));
  return { stored, files, said: system.stderrLines, traced };
}

describe("openStoredEntry()", () => {
  test("openStoredEntry() reads what it wrote", async () => {
    const { stored } = await open();
    const changed = { cached: keptRole({ retryAt: 1 }), note: undefined };
    await stored.write(changed);
    expect(await stored.read()).toEqual(changed);
  });

  test("openStoredEntry() ignores the entries in a folder that is not this user's", async () => {
    const { stored } = await open({ restrictFolder: fails("it is a symbolic link") });
    expect(await stored.read()).toBeUndefined();
  });

  test("openStoredEntry() ignores an entry that other users could write to, and warns once", async () => {
    const { stored, said } = await open({ readOwn: fails("others may write to it") });
    expect([await stored.read(), await stored.read()]).toEqual([undefined, undefined]);
    expect(said).toEqual([
      `aws-login: warning: the cached credentials are ignored: cannot read ${path}: others may write to it`,
    ]);
  });

  test("openStoredEntry() tells that an entry cannot be written", async () => {
    const { stored, traced } = await open({ replaceFile: fails("ENOSPC") });
    const told: string[] = [];
    await stored.write(entry, (line) => told.push(line));
    await stored.write(entry);
    const line = `the credentials are not cached: cannot write ${path}: ENOSPC`;
    expect([told, traced]).toEqual([[line], [line]]);
  });

  test("openStoredEntry() traces that old entries cannot be removed", async () => {
    const { stored, traced } = await open({ listFolder: fails("EIO") });
    await stored.write(entry);
    expect(traced).toEqual(["old credentials are not removed: EIO"]);
  });
});
