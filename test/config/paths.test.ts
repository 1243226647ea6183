import { describe, expect, test } from "bun:test";
import {
  expandPath,
  homeDirectory,
  joinPath,
  ownFolderPath,
  sharedFilePaths,
} from "../../src/config/paths.ts";
import type { Environment } from "../../src/system/types.ts";
import { failureOf } from "../support/failure.ts";

const homes: Record<string, { env: Environment; home: string | undefined }> = {
  "takes HOME first": { env: { HOME: "/home/me", USERPROFILE: "C:\\me" }, home: "/home/me" },
  "takes USERPROFILE next": {
    env: { HOME: "", USERPROFILE: "C:\\Users\\me", HOMEDRIVE: "D:", HOMEPATH: "\\x" },
    home: "C:\\Users\\me",
  },
  "takes HOMEDRIVE with HOMEPATH next": {
    env: { HOMEDRIVE: "D:", HOMEPATH: "\\Users\\me" },
    home: "D:\\Users\\me",
  },
  "asks the system when HOMEPATH is missing": { env: { HOMEDRIVE: "D:" }, home: "/from/system" },
  "removes a trailing separator": { env: { HOME: "/home/me/" }, home: "/home/me" },
};

describe("homeDirectory()", () => {
  for (const [sentence, { env, home }] of Object.entries(homes)) {
    test(`homeDirectory() ${sentence}`, async () => {
      expect(await homeDirectory({ env, home: async () => "/from/system" })).toBe(home);
    });
  }
  test("homeDirectory() is undefined when neither the environment nor the system knows it", async () => {
    expect(await homeDirectory({ env: {}, home: async () => undefined })).toBeUndefined();
  });
});

const paths: Record<string, { path: string; expanded: string; home?: undefined }> = {
  "replaces a tilde by the home directory": { path: "~/x", expanded: "/home/$me/x" },
  "replaces a tilde alone": { path: "~", expanded: "/home/$me" },
  "replaces a tilde before a backslash": { path: "~\\x", expanded: "/home/$me\\x" },
  "leaves the home of another user alone": { path: "~you/x", expanded: "~you/x" },
  "leaves a tilde elsewhere alone": { path: "/a/~/x", expanded: "/a/~/x" },
  "leaves a tilde when the home is unknown": { path: "~/x", expanded: "~/x", home: undefined },
  "replaces variables": { path: `$A/\${B}/x`, expanded: "/a/b/x" },
  "leaves unknown variables alone": { path: `/$C/\${D}/$`, expanded: `/$C/\${D}/$` },
};

describe("expandPath()", () => {
  for (const [sentence, example] of Object.entries(paths)) {
    test(`expandPath() ${sentence}`, () => {
      const home = "home" in example ? undefined : "/home/$me";
      expect(expandPath(example.path, { A: "/a", B: "b" }, home)).toBe(example.expanded);
    });
  }
});

test("expandPath() keeps the separators of a Windows home", () => {
  expect(expandPath("~/x/y", {}, "C:\\Users\\me")).toBe("C:\\Users\\me\\x\\y");
  expect(expandPath("~/x", {}, "C:/Users/me")).toBe("C:/Users/me/x");
});

describe("joinPath()", () => {
  const cases: Record<string, [string, string]> = {
    "joins with slashes": ["/home/me", "/home/me/a/b"],
    "joins with slashes below the root": ["", "/a/b"],
    "joins with backslashes after a drive": ["C:\\Users\\me", "C:\\Users\\me\\a\\b"],
    "joins with backslashes after a server": ["\\\\server\\share", "\\\\server\\share\\a\\b"],
    "keeps the slashes of a Windows path": ["C:/Users/me", "C:/Users/me/a/b"],
    "takes a backslash in a POSIX name for a letter": ["/home/m\\e", "/home/m\\e/a/b"],
  };
  for (const [sentence, [folder, path]] of Object.entries(cases)) {
    test(`joinPath() ${sentence}`, () => expect(joinPath(folder, "a", "b")).toBe(path));
  }
});

describe("ownFolderPath()", () => {
  const cases: Record<string, [Record<string, string>, string | undefined, string | undefined]> = {
    "is below the home directory": [{}, "/home/me", "/home/me/.aws-login"],
    "is what AWS_LOGIN_HOME says": [{ AWS_LOGIN_HOME: "/srv/login/" }, "/home/me", "/srv/login"],
    "does not take an empty AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "" }, "/home/me", "/home/me/.aws-login"],
    "expands ~ in AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "~/x" }, "/home/me", "/home/me/x"],
    "expands variables in AWS_LOGIN_HOME": [{ AWS_LOGIN_HOME: "$TOP/x", TOP: "/srv" }, "/home/me", "/srv/x"],
    "takes a Windows path": [{ AWS_LOGIN_HOME: "D:\\login\\" }, undefined, "D:\\login"],
    "is below a Windows home": [{}, "C:\\Users\\me", "C:\\Users\\me\\.aws-login"],
    "keeps the root": [{ AWS_LOGIN_HOME: "/" }, undefined, "/"],
    "is undefined without a home": [{}, undefined, undefined],
  };
  for (const [name, [env, home, path]] of Object.entries(cases)) {
    test(`ownFolderPath() ${name}`, () => {
      expect(ownFolderPath(env, home)).toBe(path);
    });
  }

  const relative: Record<string, [string, string | undefined]> = {
    "a relative path": ["login", "/home/me"],
    "a drive without a folder": ["D:login", "/home/me"],
    "~ without a home": ["~/login", undefined],
    "a variable that is not set": ["$NONE/login", "/home/me"],
  };
  for (const [name, [value, home]] of Object.entries(relative)) {
    test(`ownFolderPath() refuses ${name} in AWS_LOGIN_HOME, by name`, async () => {
      const { kind, message, hints } = await failureOf(async () =>
        ownFolderPath({ AWS_LOGIN_HOME: value }, home),
      );
      expect([kind, message]).toEqual([
        "failed",
        `cannot use AWS_LOGIN_HOME: ${value} is not an absolute path`,
      ]);
      expect(hints).toEqual(["write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER"]);
    });
  }
});

describe("sharedFilePaths()", () => {
  test("sharedFilePaths() has the default paths of the AWS CLI", () => {
    expect(sharedFilePaths({}, "/home/me")).toEqual({
      config: { path: "/home/me/.aws/config", variable: undefined },
      credentials: { path: "/home/me/.aws/credentials", variable: undefined },
    });
  });
  test("sharedFilePaths() takes the variables, each for its own file", () => {
    const env = { AWS_CONFIG_FILE: "~/cfg", AWS_SHARED_CREDENTIALS_FILE: "relative/creds" };
    expect(sharedFilePaths(env, "/home/me")).toEqual({
      config: { path: "/home/me/cfg", variable: "AWS_CONFIG_FILE" },
      credentials: { path: "relative/creds", variable: "AWS_SHARED_CREDENTIALS_FILE" },
    });
  });
  test("sharedFilePaths() reads an empty variable as no file", () => {
    expect(sharedFilePaths({ AWS_CONFIG_FILE: "" }, "/home/me").config).toEqual({
      path: undefined,
      variable: "AWS_CONFIG_FILE",
    });
  });
  test("sharedFilePaths() has no path when the home directory is unknown", () => {
    expect(sharedFilePaths({}, undefined).config.path).toBeUndefined();
  });

  test("sharedFilePaths() joins a Windows home with its own separators", () => {
    const { config } = sharedFilePaths({}, "C:\\Users\\me");
    expect(config.path).toBe("C:\\Users\\me\\.aws\\config");
  });
});

describe("a path whose bytes were lost when it was decoded", () => {
  const lost: Record<string, { env: Environment; home?: string; source: string }> = {
    "the home directory": { env: {}, home: "/home/m\ufffd", source: "the home directory" },
    AWS_CONFIG_FILE: { env: { AWS_CONFIG_FILE: "/a/\ufffd" }, source: "AWS_CONFIG_FILE" },
    AWS_SHARED_CREDENTIALS_FILE: {
      env: { AWS_SHARED_CREDENTIALS_FILE: "~/\ufffd" },
      home: "/home/me",
      source: "AWS_SHARED_CREDENTIALS_FILE",
    },
  };
  for (const [what, { env, home, source }] of Object.entries(lost)) {
    test(`sharedFilePaths() refuses ${what}`, async () => {
      const { kind, message } = await failureOf(async () => sharedFilePaths(env, home));
      expect(kind).toBe("usage");
      expect(message).toMatch(new RegExp(`^cannot use ${source}: the path .* is not UTF-8$`));
    });
  }

  test("ownFolderPath() refuses the home directory and AWS_LOGIN_HOME", async () => {
    const ofHome = await failureOf(async () => ownFolderPath({}, "/home/m\ufffd"));
    expect(ofHome.message).toBe(
      "cannot use the home directory: the path /home/m\ufffd/.aws-login is not UTF-8",
    );
    const ofVariable = await failureOf(async () => ownFolderPath({ AWS_LOGIN_HOME: "/\ufffd" }, "/home/me"));
    expect(ofVariable.message).toBe("cannot use AWS_LOGIN_HOME: the path /\ufffd is not UTF-8");
  });
});
