import { describe, expect, test } from "bun:test";
import { type ConfigFile, openConfigFile } from "../../../src/commands/dumpconfig/config-file.ts";
import type { ConfigSections } from "../../../src/commands/dumpconfig/config-sections.ts";
import type { ConfigSection } from "../../../src/config/config-section.ts";
import { failureOf } from "../../support/failure.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";

const path = "/home/me/.aws/config";
const startUrl = "https://d-1234567890.awsapps.com/start";
const session: ConfigSection = {
  kind: "sso-session",
  name: "my-sso",
  lines: [{ key: "sso_start_url", value: startUrl }],
};
const profile: ConfigSection = {
  kind: "profile",
  name: "dev-Ops",
  lines: [
    { key: "sso_session", value: "my-sso" },
    { key: "sso_account_id", value: "012345678901" },
    { key: "sso_role_name", value: "Ops" },
  ],
};
const sections: ConfigSections = {
  session,
  profiles: [profile],
  targets: [],
  unwritable: [],
  roles: new Set(["012345678901 Ops"]),
  renames: new Map(),
};
const section = `[sso-session my-sso]
sso_start_url = ${startUrl}

[profile dev-Ops]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = Ops
`;

/** Merges the sections, whatever names are taken. */
function mergeInto(file: ConfigFile) {
  return file.merge(session, () => ({ sections, gone: [] }));
}

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

describe("openConfigFile()", () => {
  test("openConfigFile() creates a missing file and its folder", async () => {
    const { files, log, open } = scene({});
    const file = await open();
    expect(await mergeInto(file)).toMatchObject({ added: 2, changed: 0, backup: undefined });
    expect(file.path).toBe(path);
    expect(files.get(path)).toBe(section);
    expect(log()).toEqual(["make /home/me/.aws", `write ${path} preserve`]);
  });

  test("openConfigFile() adds no profile that has keys in the credentials file, which it must be able to read", async () => {
    const credentials = "/home/me/.aws/credentials";
    const { files, open } = scene({ [credentials]: "[dev-Ops]\naws_access_key_id = AKIA\n" });
    const file = await open();
    expect(await mergeInto(file)).toMatchObject({
      added: 1,
      left: [{ has: { file: credentials, line: 2 } }],
    });
    files.set(credentials, new Error("EACCES"));
    const failure = await failureOf(() => mergeInto(file));
    expect(failure.message).toBe(`cannot read ${credentials}: EACCES`);
  });

  test("openConfigFile() copies the old file before it replaces it", async () => {
    const { files, log, open } = scene({ [path]: "[default]\n" });
    const { backup } = await mergeInto(await open());
    expect(backup).toBe(`${path}.20300131T120000Z.bak`);
    expect(files.get(backup ?? "")).toBe("[default]\n");
    expect(files.get(path)).toBe(`[default]\n\n${section}`);
    expect(log()).toEqual([`copy ${path} ${backup}`, `write ${path} preserve`]);
  });

  test("openConfigFile() overwrites no older copy", async () => {
    const { files, open } = scene({
      [path]: "[default]\n",
      [`${path}.20300131T120000Z.bak`]: "one",
      [`${path}.20300131T120000Z-2.bak`]: "two",
    });
    const { backup } = await mergeInto(await open());
    expect(backup).toBe(`${path}.20300131T120000Z-3.bak`);
    expect(files.get(`${path}.20300131T120000Z.bak`)).toBe("one");
  });

  test("openConfigFile() writes nothing when nothing has to change", async () => {
    const { log, open } = scene({ [path]: section });
    expect(await mergeInto(await open())).toMatchObject({ added: 0, changed: 0, backup: undefined });
    expect(log()).toEqual([]);
  });

  test("openConfigFile() keeps a byte order mark and carriage returns", async () => {
    const { files, open } = scene({ [path]: "\ufeff[default]\r\nregion = x\r\n" });
    await mergeInto(await open());
    expect(files.get(path)).toBe(`\ufeff[default]\nregion = x\n\n${section}`.replaceAll("\n", "\r\n"));
  });

  test("openConfigFile() merges into the file's present content", async () => {
    const { files, open } = scene({ [path]: "[default]\n" });
    const file = await open();
    files.set(path, "[profile new]\n");
    await mergeInto(file);
    expect(files.get(path)).toBe(`[profile new]\n\n${section}`);
  });

  test("openConfigFile() writes the file that AWS_CONFIG_FILE names", async () => {
    const { files, open } = scene({}, { env: { HOME: "/home/me", AWS_CONFIG_FILE: "~/x/my.cfg" } });
    await mergeInto(await open());
    expect(files.get("/home/me/x/my.cfg")).toBe(section);
  });

  test("openConfigFile() holds a lock while it reads and writes", async () => {
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
    await mergeInto(await open());
    expect(seen).toEqual(["/home/me/.aws-login/locks/HASH 10000 0"]);
  });
});

describe("openConfigFile(), failures", () => {
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
    test(`openConfigFile() fails before anything else for ${sentence}`, async () => {
      const { log, open } = scene(files, setup);
      expect((await failureOf(open)).message).toBe(message);
      expect(log()).toEqual([]);
    });
  }

  test("openConfigFile() says why it cannot write, and leaves the file", async () => {
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
    const failure = await failureOf(() => mergeInto(file));
    expect(failure.message).toBe(`cannot write ${path}: EACCES: permission denied`);
    expect([...files]).toEqual([[path, "[default]\n"]]);
  });

  test("openConfigFile() keeps an older copy when it cannot write", async () => {
    const backup = `${path}.20300101T000000Z.bak`;
    const replaceFile = async () => Promise.reject(new Error("ENOSPC: no space left on device"));
    const { files, open } = scene(
      { [path]: "[default]\n", [backup]: "[default]\n" },
      { env: { HOME: "/home/me" }, instead: { replaceFile } },
    );
    const file = await open();
    await failureOf(() => mergeInto(file));
    expect([...files.keys()]).toEqual([path, backup]);
  });

  test("openConfigFile() does not write while another run holds the lock", async () => {
    const { open } = scene(
      {},
      { env: { HOME: "/home/me" }, instead: { withLock: async () => ({ kind: "busy" }) } },
    );
    const file = await open();
    const failure = await failureOf(() => mergeInto(file));
    expect(failure.message).toBe(`cannot write ${path}: another aws-login is writing it`);
  });
});

describe("openConfigFile(), other portals", () => {
  const other = "https://d-0987654321.awsapps.com/start";

  test("openConfigFile() lists the profiles that belong to another portal", async () => {
    const { open } = scene({
      [path]: `[sso-session other]\nsso_start_url = ${other}\n[profile dev-Ops]\nsso_session = other\n`,
    });
    const taken: string[] = [];
    await (await open()).merge(session, ({ takenNames }) => {
      taken.push(...takenNames);
      return { sections, gone: [] };
    });
    expect(taken).toEqual(["dev-Ops"]);
  });

  test("openConfigFile() refuses to turn the session of another portal's profiles, and leaves the file", async () => {
    const before = `[sso-session my-sso]\nsso_start_url = ${other}\n[profile dev-Ops]\nsso_session = my-sso\nsso_account_id = 222222222222\nsso_role_name = Ops\n`;
    const { files, open } = scene({ [path]: before });
    const file = await open();
    const { message, hints } = await failureOf(() => mergeInto(file));
    expect(message).toBe(
      `cannot write [sso-session my-sso] in ${path}: it is for ${other}, and profiles use it: dev-Ops`,
    );
    expect(hints[0]).toBe("give this portal a section of its own with: --sso-session-name NAME");
    expect([...files]).toEqual([[path, before]]);
  });

  test("openConfigFile() writes the new address of a portal that has moved", async () => {
    const { files, open } = scene({ [path]: section.replace(startUrl, other) });
    expect(await mergeInto(await open())).toMatchObject({ added: 0, changed: 1 });
    expect(files.get(path)).toBe(section);
  });
});
