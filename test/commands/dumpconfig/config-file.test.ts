import { describe, expect, test } from "bun:test";
import { openConfigFile } from "../../../src/commands/dumpconfig/config-file.ts";
import type { WantedSection } from "../../../src/config/section-text.ts";
import { failureOf } from "../../support/failure.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";

const path = "/home/me/.aws/config";
const wanted: WantedSection[] = [
  { kind: "profile", name: "dev-Ops", lines: [{ key: "sso_session", value: "my-sso" }] },
];
const section = "[profile dev-Ops]\nsso_session = my-sso\n";

/** Files in memory, as bytes; `log` has what was done to them. */
function scene(
  initial: Readonly<Record<string, string | Uint8Array | Error>>,
  setup: FakeSetup = { env: { HOME: "/home/me" } },
) {
  const files = new Map(Object.entries(initial));
  const log: string[] = [];
  const system = fakeSystem({
    ...setup,
    instead: {
      readText: async (name) => {
        const content = files.get(name);
        if (content instanceof Error) throw content;
        return typeof content === "string" ? content : undefined;
      },
      readBytes: async (name) => {
        const content = files.get(name);
        if (content instanceof Error) throw content;
        return typeof content === "string" ? new TextEncoder().encode(content) : content;
      },
      replaceFile: async (name, text, mode) => {
        log.push(`write ${name} ${mode}`);
        files.set(name, text);
      },
      copyFile: async (from, to) => {
        if (files.has(to)) return false;
        log.push(`copy ${from} ${to}`);
        files.set(to, files.get(from) ?? "");
        return true;
      },
      listFolder: async (name) =>
        [...files.keys()]
          .filter((file) => file.startsWith(`${name}/`))
          .map((file) => file.slice(name.length + 1)),
      removeFile: async (name) => {
        log.push(`remove ${name}`);
        files.delete(name);
      },
      makeFolder: async (name) => {
        log.push(`make ${name}`);
      },
      checkFolder: async () => {},
      withLock: async (_path, _wait, work) => ({ kind: "done", value: await work() }),
      ...setup.instead,
    },
  });
  const own = () => log.filter((line) => !line.includes(".aws-login"));
  return { files, log: own, open: () => openConfigFile(system, () => {}) };
}

describe("openConfigFile", () => {
  test("openConfigFile makes a file that is not there, with its folder", async () => {
    const { files, log, open } = scene({});
    const file = await open();
    expect(await file.merge(wanted)).toMatchObject({ added: 1, changed: 0, backup: undefined });
    expect(file.path).toBe(path);
    expect(files.get(path)).toBe(section);
    expect(log()).toEqual(["make /home/me/.aws", `write ${path} preserve`]);
  });

  test("openConfigFile adds no profile that has keys in the credentials file, and needs to be able to read that", async () => {
    const credentials = "/home/me/.aws/credentials";
    const { files, open } = scene({ [credentials]: "[dev-Ops]\naws_access_key_id = AKIA\n" });
    const file = await open();
    expect(await file.merge(wanted)).toMatchObject({
      added: 0,
      left: [{ has: { file: credentials, line: 2 } }],
    });
    files.set(credentials, new Error("EACCES"));
    const failure = await failureOf(() => file.merge(wanted));
    expect(failure.message).toBe(`cannot read ${credentials}: EACCES`);
  });

  test("openConfigFile keeps the old file beside the new one", async () => {
    const { files, log, open } = scene({ [path]: "[default]\n" });
    const { backup } = await (await open()).merge(wanted);
    expect(backup).toBe(`${path}.20300131T120000Z.bak`);
    expect(files.get(backup ?? "")).toBe("[default]\n");
    expect(files.get(path)).toBe(`[default]\n\n${section}`);
    expect(log()).toEqual([`copy ${path} ${backup}`, `write ${path} preserve`]);
  });

  test("openConfigFile overwrites no file that was kept before", async () => {
    const { files, open } = scene({
      [path]: "[default]\n",
      [`${path}.20300131T120000Z.bak`]: "one",
      [`${path}.20300131T120000Z-2.bak`]: "two",
    });
    const { backup } = await (await open()).merge(wanted);
    expect(backup).toBe(`${path}.20300131T120000Z-3.bak`);
    expect(files.get(`${path}.20300131T120000Z.bak`)).toBe("one");
  });

  test("openConfigFile writes nothing when nothing has to change", async () => {
    const { log, open } = scene({ [path]: section });
    expect(await (await open()).merge(wanted)).toMatchObject({ added: 0, changed: 0, backup: undefined });
    expect(log()).toEqual([]);
  });

  test("openConfigFile keeps a byte order mark and carriage returns", async () => {
    const { files, open } = scene({ [path]: "\ufeff[default]\r\nregion = x\r\n" });
    await (await open()).merge(wanted);
    expect(files.get(path)).toBe(
      "\ufeff[default]\r\nregion = x\r\n\r\n[profile dev-Ops]\r\nsso_session = my-sso\r\n",
    );
  });

  test("openConfigFile merges into what is there by then", async () => {
    const { files, open } = scene({ [path]: "[default]\n" });
    const file = await open();
    files.set(path, "[profile new]\n");
    await file.merge(wanted);
    expect(files.get(path)).toBe(`[profile new]\n\n${section}`);
  });

  test("openConfigFile takes the file that AWS_CONFIG_FILE names", async () => {
    const { files, open } = scene({}, { env: { HOME: "/home/me", AWS_CONFIG_FILE: "~/x/my.cfg" } });
    await (await open()).merge(wanted);
    expect(files.get("/home/me/x/my.cfg")).toBe(section);
  });

  test("openConfigFile holds a lock while it reads and writes", async () => {
    const seen: string[] = [];
    const { log, open } = scene(
      { [path]: "[default]\n" },
      {
        env: { HOME: "/home/me" },
        instead: {
          withLock: async (lock, wait, work) => {
            seen.push(`${lock.replace(/[0-9a-f]{64}/, "HASH")} ${wait} ${log().length}`);
            return { kind: "done", value: await work() };
          },
        },
      },
    );
    await (await open()).merge(wanted);
    expect(seen).toEqual(["/home/me/.aws-login/locks/HASH 10000 0"]);
  });
});

describe("openConfigFile, failures", () => {
  const cases: Record<
    string,
    { files: Record<string, string | Uint8Array | Error>; setup?: FakeSetup; message: string }
  > = {
    "a malformed file": {
      files: { [path]: "[default]\nregion\n" },
      message: `cannot parse ${path}: line 2 has no = between a name and a value`,
    },
    "a file that is not UTF-8": {
      files: { [path]: Uint8Array.of(0x5b, 0x61, 0x5d, 0xff) },
      message: `cannot write ${path}: it is not UTF-8 text`,
    },
    "a file that cannot be read": {
      files: { [path]: new Error("EISDIR: illegal operation on a directory") },
      message: `cannot read ${path}: EISDIR: illegal operation on a directory`,
    },
    "an empty AWS_CONFIG_FILE": {
      files: {},
      setup: { env: { HOME: "/home/me", AWS_CONFIG_FILE: "" } },
      message: "cannot write the config file: AWS_CONFIG_FILE is empty",
    },
    "no home directory": {
      files: {},
      setup: { env: {} },
      message: "cannot write the config file: no home directory is known",
    },
  };
  for (const [sentence, { files, setup, message }] of Object.entries(cases)) {
    test(`openConfigFile fails before anything else for ${sentence}`, async () => {
      const { log, open } = scene(files, setup);
      expect((await failureOf(open)).message).toBe(message);
      expect(log()).toEqual([]);
    });
  }

  test("openConfigFile says why it cannot write, and leaves the file", async () => {
    const { files, open } = scene(
      { [path]: "[default]\n" },
      {
        env: { HOME: "/home/me" },
        instead: {
          replaceFile: async () => {
            throw new Error("EACCES: permission denied");
          },
        },
      },
    );
    const file = await open();
    const failure = await failureOf(() => file.merge(wanted));
    expect(failure.message).toBe(`cannot write ${path}: EACCES: permission denied`);
    expect([...files]).toEqual([[path, "[default]\n"]]);
  });

  test("openConfigFile leaves a copy that was there before when it cannot write", async () => {
    const backup = `${path}.20300101T000000Z.bak`;
    const replaceFile = async () => Promise.reject(new Error("ENOSPC: no space left on device"));
    const { files, open } = scene(
      { [path]: "[default]\n", [backup]: "[default]\n" },
      { env: { HOME: "/home/me" }, instead: { replaceFile } },
    );
    const file = await open();
    await failureOf(() => file.merge(wanted));
    expect([...files.keys()]).toEqual([path, backup]);
  });

  test("openConfigFile does not write beside another that does", async () => {
    const { open } = scene(
      {},
      { env: { HOME: "/home/me" }, instead: { withLock: async () => ({ kind: "busy" }) } },
    );
    const file = await open();
    const failure = await failureOf(() => file.merge(wanted));
    expect(failure.message).toBe(`cannot write ${path}: another aws-login is writing it`);
  });
});
