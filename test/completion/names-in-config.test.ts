import { describe, expect, test } from "bun:test";
import { namesInConfig, namesInCredentials } from "../../src/completion/names-in-config.ts";
import { parseIni } from "../../src/config/ini.ts";
import { sharedConfig } from "../../src/config/profiles.ts";

const config = `[default]
a = [profile no]
[profile dev]
 [ profile  Dev2 ]
[profile 'my prof']
[Profile wrong]
[profile dev]
[profile "unclosed]
[sso-session my-sso]
[sso-session "other one"]
[services dev]
[plugins]
`;
const credentials = "[ana]\naws_access_key_id = x\n[with blank]\n[dev]\n";

describe("namesInConfig()", () => {
  test("namesInConfig() and namesInCredentials() name the profiles that the program finds", () => {
    const names = new Set([...namesInConfig(config, "profile", ""), ...namesInCredentials(credentials)]);
    const files = { config: parseIni(config, "c"), credentials: parseIni(credentials, "k") };
    expect([...names]).toEqual([...sharedConfig(files).profileNames()]);
    expect([...names]).toEqual(["default", "dev", "Dev2", "my prof", "ana"]);
  });

  test("namesInConfig() has at least the names that begin so, in any case", () => {
    expect([...namesInConfig(config, "profile", "DEV")]).toEqual(expect.arrayContaining(["dev", "Dev2"]));
    expect([...namesInConfig(config, "profile", "x")]).not.toContain("dev");
  });

  test("namesInConfig() names sessions", () => {
    expect([...namesInConfig(config, "sso-session", "o")]).toEqual(["other one"]);
  });
});
