import { describe, expect, test } from "bun:test";
import { expandPath, homeDirectory } from "../../src/config/home.ts";
import type { Environment } from "../../src/system/types.ts";

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
  "takes a trailing separator off": { env: { HOME: "/home/me/" }, home: "/home/me" },
};

describe("homeDirectory", () => {
  for (const [sentence, { env, home }] of Object.entries(homes)) {
    test(`homeDirectory ${sentence}`, async () => {
      expect(await homeDirectory({ env, home: async () => "/from/system" })).toBe(home);
    });
  }
  test("homeDirectory is undefined when nobody knows", async () => {
    expect(await homeDirectory({ env: {}, home: async () => undefined })).toBeUndefined();
  });
});

const paths: Record<string, { path: string; expanded: string; home?: undefined }> = {
  "puts the home directory for a tilde": { path: "~/x", expanded: "/home/$me/x" },
  "puts it for a tilde alone": { path: "~", expanded: "/home/$me" },
  "puts it for a tilde before a backslash": { path: "~\\x", expanded: "/home/$me\\x" },
  "leaves another person's home alone": { path: "~you/x", expanded: "~you/x" },
  "leaves a tilde elsewhere alone": { path: "/a/~/x", expanded: "/a/~/x" },
  "leaves a tilde when the home is unknown": { path: "~/x", expanded: "~/x", home: undefined },
  "puts in variables": { path: `$A/\${B}/x`, expanded: "/a/b/x" },
  "leaves unknown variables alone": { path: `/$C/\${D}/$`, expanded: `/$C/\${D}/$` },
};

describe("expandPath", () => {
  for (const [sentence, example] of Object.entries(paths)) {
    test(`expandPath ${sentence}`, () => {
      const home = "home" in example ? undefined : "/home/$me";
      expect(expandPath(example.path, { A: "/a", B: "b" }, home)).toBe(example.expanded);
    });
  }
});
