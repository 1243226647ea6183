import { describe, expect, test } from "bun:test";
import { storeConfigCopy } from "../../src/endpoint/stored-config-copy.ts";
import type { System } from "../../src/system/types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const keys = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = made-up\n";
const folder = "/home/me/.aws-login/endpoints";

function scene(initial: Record<string, string>, env = {}) {
  const memory = memoryFiles(initial);
  const running = new Map([
    [4711, "begun now"],
    [7, "begun before"],
  ]);
  const instead: Partial<System> = { ...memory, processMark: async (pid) => running.get(pid) };
  return { memory, running, system: fakeSystem({ env: { HOME: "/home/me", ...env }, instead }) };
}

describe("storeConfigCopy()", () => {
  test("writes nothing where the default profile yields no credentials", async () => {
    const { memory, system } = scene({ "/home/me/.aws/config": "[default]\nregion = eu-west-1\n" });
    expect(await storeConfigCopy(system)).toBeUndefined();
    expect(memory.log.filter((line) => line.startsWith("write"))).toEqual([]);
  });

  test("writes the copy into the own folder and removes it at the end", async () => {
    const { memory, system } = scene({
      "/home/me/.aws/config": "[profile x]\nregion = eu-west-1\n",
      "/home/me/.aws/credentials": keys,
    });
    const copy = await storeConfigCopy(system);
    expect(copy).toMatchObject({ name: "aws-login", because: "aws_access_key_id" });
    expect(copy?.file).toMatch(/^\/home\/me\/\.aws-login\/endpoints\/config-4711-[0-9a-f]{16}$/);
    expect(memory.files.get(copy?.file ?? "")).toBe("[profile x]\nregion = eu-west-1\n[profile aws-login]\n");
    await copy?.remove();
    expect(memory.files.has(copy?.file ?? "")).toBe(false);
  });

  test("removes the copies of endpoints that were killed, and leaves those of others that run", async () => {
    const { memory, running, system } = scene({ "/home/me/.aws/credentials": keys });
    const own = (await storeConfigCopy(system))?.file ?? "";
    running.set(4711, "another process of this id");
    memory.files.set(`${folder}/config-99-0123456789abcdef`, "");
    memory.files.set(`${folder}/something`, "");
    const next = (await storeConfigCopy(system))?.file ?? "";
    expect(next).not.toBe(own);
    const left = [...memory.files.keys()].filter((path) => path.startsWith(folder));
    expect(left.toSorted()).toEqual([next, `${folder}/something`].toSorted());
  });

  test("removes what a killed write left, and nothing that a process is writing", async () => {
    const { memory, running, system } = scene({ "/home/me/.aws/credentials": keys });
    const first = (await storeConfigCopy(system))?.file ?? "";
    memory.files.set(`${first}.0123456789abcdef.tmp`, "");
    memory.files.set(`${folder}/config-99-0123456789abcdef.0123456789abcdef.tmp`, "");
    await storeConfigCopy(system);
    const left = () => [...memory.files.keys()].filter((path) => path.startsWith(folder)).toSorted();
    expect(left()).toEqual([first, `${first}.0123456789abcdef.tmp`]);
    running.delete(4711);
    memory.files.delete("/home/me/.aws/credentials");
    expect(await storeConfigCopy(system)).toBeUndefined();
    expect(left()).toEqual([]);
  });

  test("tells of stale copies that cannot be removed, and goes on", async () => {
    const denied = () => Promise.reject(Object.assign(new Error("no"), { code: "EACCES" }));
    const stale = `${folder}/config-99-0123456789abcdef`;
    for (const [instead, what] of [
      [{ listFolder: denied }, `list the folder ${folder}`],
      [{ removeFile: denied }, `remove ${stale}`],
    ] as const) {
      const { memory } = scene({ [stale]: "" });
      const system = fakeSystem({
        env: { HOME: "/home/me" },
        instead: { ...memory, processMark: async () => undefined, ...instead },
      });
      expect(await storeConfigCopy(system)).toBeUndefined();
      expect(system.stderrLines.join("\n")).toStartWith(`aws-login: warning: cannot ${what}: `);
    }
  });

  test("refuses to serve where there is no place for the copy", async () => {
    const { system } = scene({ "/c": keys }, { HOME: "", AWS_SHARED_CREDENTIALS_FILE: "/c" });
    const failure = await failureOf(() => storeConfigCopy(system));
    expect(failure.message).toStartWith("cannot serve credentials: SDKs would take aws_access_key_id of the");
    expect(failure.hints).toEqual(["set HOME, or AWS_LOGIN_HOME to a folder for that copy"]);
  });
});
