import { expect, test } from "bun:test";
import { inheritedEnvironment } from "../../../src/system/processes/inherited-environment.ts";

test("inheritedEnvironment() leaves out keys, tokens, the browser's name and what steers the runtime", () => {
  const env = {
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "made-up",
    Aws_Session_Token: "made-up",
    AWS_SECURITY_TOKEN: "made-up",
    AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up",
    BUN_OPTIONS: "--smol",
    Node_Options: "--require=./a.js",
    LD_PRELOAD: "./a.so",
    DYLD_INSERT_LIBRARIES: "./a.dylib",
    GLIBC_TUNABLES: "glibc.malloc.check=3",
    MALLOC_CHECK_: "3",
    MIMALLOC_VERBOSE: "1",
    BROWSER: "xdg-open",
    ABSENT: undefined,
    AWS_PROFILE: "work",
    DISPLAY: ":0",
  };
  expect(inheritedEnvironment(env, "linux")).toEqual({ AWS_PROFILE: "work", DISPLAY: ":0" });
});

const paths: Record<string, [platform: NodeJS.Platform, name: string, path: string, cached: string]> = {
  "keeps whole paths": ["linux", "PATH", "/usr/bin:/bin", "/usr/bin:/bin"],
  "drops the working directory, in whatever way it is named": [
    "linux",
    "PATH",
    ".:/usr/bin::bin:../bin:./x:/bin:",
    "/usr/bin:/bin",
  ],
  "has nothing left of relative paths alone": ["darwin", "PATH", ".", ""],
  "keeps whole paths of Windows": [
    "win32",
    "Path",
    'C:\\Windows;.;bin;\\\\host\\share;"D:\\a b";\\bin;C:bin;',
    'C:\\Windows;\\\\host\\share;"D:\\a b"',
  ],
};
for (const [sentence, [platform, name, path, cached]] of Object.entries(paths)) {
  test(`inheritedEnvironment() ${sentence} on PATH`, () => {
    expect(inheritedEnvironment({ [name]: path }, platform)).toEqual({ [name]: cached });
  });
}
