import { describe, expect, test } from "bun:test";
import { loadSharedConfig } from "../../src/config/load.ts";
import { Failure } from "../../src/lib/errors.ts";
import type { Environment } from "../../src/system/types.ts";

/** A file system of these files; reading any other path yields undefined. */
function system(env: Environment, files: Record<string, string | Error>) {
  return {
    env,
    home: async () => undefined,
    readText: async (path: string) => {
      const text = files[path];
      if (text instanceof Error) throw text;
      return text;
    },
  };
}

describe("loadSharedConfig()", () => {
  test("loadSharedConfig() reads both files of the home directory", async () => {
    const shared = await loadSharedConfig(
      system({ HOME: "/h" }, { "/h/.aws/config": "[profile a]\nx = 1", "/h/.aws/credentials": "[a]\ny = 2" }),
    );
    expect(shared.profile("a")?.get("x")?.value).toBe("1");
    expect(shared.profile("a")?.get("y")?.value).toBe("2");
    expect(shared.paths).toEqual({ config: "/h/.aws/config", credentials: "/h/.aws/credentials" });
  });

  test("loadSharedConfig() takes missing files for empty ones", async () => {
    const env = { HOME: "/h", AWS_CONFIG_FILE: "/no/config", AWS_SHARED_CREDENTIALS_FILE: "/no/credentials" };
    expect((await loadSharedConfig(system(env, {}))).profileNames()).toEqual([]);
  });

  test("loadSharedConfig() reads no file for an empty variable and an unknown home", async () => {
    const shared = await loadSharedConfig(
      system({ AWS_CONFIG_FILE: "" }, { "": "[default]", undefined: "[x]" }),
    );
    expect(shared.profileNames()).toEqual([]);
    expect(shared.paths).toEqual({
      config: "(no config file: AWS_CONFIG_FILE is empty)",
      credentials: "(no credentials file: the home directory is unknown)",
    });
  });

  test("loadSharedConfig() names a file that it may not read", async () => {
    const denied = new Error("EACCES: permission denied");
    const loading = loadSharedConfig(system({ HOME: "/h" }, { "/h/.aws/credentials": denied }));
    const failure = await loading.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      kind: "failed",
      message: "cannot read the credentials file /h/.aws/credentials: EACCES: permission denied",
      hints: ["make /h/.aws/credentials readable for you"],
      cause: denied,
    });
  });

  test("loadSharedConfig() names the variable that named a file it cannot read", async () => {
    const directory = new Error("EISDIR: is a directory");
    const loading = loadSharedConfig(system({ HOME: "/h", AWS_CONFIG_FILE: "/d" }, { "/d": directory }));
    expect(await loading.catch((error: unknown) => error)).toMatchObject({
      message: "cannot read the config file /d: EISDIR: is a directory",
      hints: ["correct AWS_CONFIG_FILE, which names this file"],
    });
  });
});
