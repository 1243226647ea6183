import { describe, expect, test } from "bun:test";
import { run } from "../../../src/commands/status/status.ts";
import type { Environment } from "../../../src/system/types.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { optionsOf } from "../../support/options.ts";

const keys = "aws_access_key_id = AKIAEXAMPLEDEV1234\naws_secret_access_key = made/up+canary\n";

interface Given {
  readonly env?: Environment;
  readonly config?: string;
  readonly words?: readonly string[];
  readonly isOpen?: boolean;
}

/** The report of `status --offline --format json`. */
async function reported({ env = {}, config, words = [], isOpen = false }: Given) {
  const system = fakeSystem({
    env: { HOME: "/h", AWS_EC2_METADATA_DISABLED: "true", ...env },
    files: config === undefined ? {} : { "/h/.aws/config": config },
    instead: {
      listFolder: async () => [],
      checkFolder: async () => {},
      readOwn: async () => undefined,
      isOpenToOthers: () => isOpen,
    },
  });
  const status = await run(optionsOf("status", "--offline", "--format", "json", ...words), system);
  const text = system.stdoutTexts.join("");
  expect(text).not.toContain("canary");
  expect(system.stderrLines).toEqual([]);
  const report = JSON.parse(text);
  return { status, report, codes: report.findings.map(({ code }: { code: string }) => code) };
}

const ofEnvironment = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLEENV1234", AWS_SECRET_ACCESS_KEY: "made/up+canary" };
const agent = "http://169.254.170.23/v1/credentials";

describe("run() of status", () => {
  test("names the profile, its file and line, and the variable", async () => {
    const { status, report } = await reported({
      env: { AWS_PROFILE: "dev" },
      config: `[profile dev]\nregion = eu-west-1\n${keys}`,
    });
    expect(status).toBe(0);
    expect(report).toMatchObject({
      version: 1,
      identity: null,
      source: {
        kind: "keys",
        profile: "dev",
        file: "/h/.aws/config",
        line: 3,
        variable: "AWS_PROFILE",
        chain: [],
      },
      credentials: { accessKeyId: "AKIA…1234", expiration: null, renewable: true },
      region: { value: "eu-west-1", from: "region (/h/.aws/config:2)" },
      skipped: [{ source: "environment", why: "AWS_ACCESS_KEY_ID is not set" }],
      findings: [],
    });
  });

  const cases: Record<string, [given: Given, status: number, codes: readonly string[]]> = {
    "no credentials, with metadata disabled": [{}, 3, ["no-credentials", "metadata-disabled"]],
    "a missing profile, for which metadata has no say": [
      { words: ["--profile", "none"] },
      3,
      ["no-credentials"],
    ],
    "keys that shadow AWS_PROFILE": [
      { env: { ...ofEnvironment, AWS_PROFILE: "dev" }, config: `[profile dev]\n${keys}` },
      0,
      ["keys-shadow-profile", "sdk-differs"],
    ],
    "a variable that the SDK for JavaScript does not read": [
      { env: { AWS_DEFAULT_PROFILE: "dev" }, config: `[profile dev]\n${keys}` },
      0,
      ["sdk-differs"],
    ],
    "keys that expired": [
      { env: { ...ofEnvironment, AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z" } },
      1,
      ["credentials-expired"],
    ],
    "default keys before an endpoint": [
      { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: agent }, config: `[default]\n${keys}` },
      0,
      ["default-over-endpoint"],
    ],
    "a proxy before the agent of a container": [
      { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: agent, HTTP_PROXY: "http://proxy:1" } },
      0,
      ["metadata-proxy"],
    ],
    "no proxy where NO_PROXY covers the agent": [
      {
        env: {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: agent,
          HTTP_PROXY: "http://proxy:1",
          NO_PROXY: "169.254.170.23",
        },
      },
      0,
      [],
    ],
    "a setting that nothing reads": [
      { config: `[default]\n${keys}regoin = eu-west-1\n` },
      0,
      ["unknown-setting"],
    ],
    "a value that nothing reads": [
      { config: `[default]\n${keys}imds_use_ipv6 = yes\n` },
      0,
      ["ignored-value"],
    ],
    "a setting of a role without one": [{ config: `[default]\n${keys}external_id = x\n` }, 0, ["needs-role"]],
    "a source that is hidden": [
      { config: `[default]\n${keys}credential_process = x\n` },
      0,
      ["hidden-source"],
    ],
    "a process that is not run": [{ config: "[default]\ncredential_process = x\n" }, 0, ["process-not-run"]],
    "a file that others can read": [
      { config: `[default]\n${keys}`, isOpen: true },
      0,
      ["open-file", "open-file"],
    ],
    "a missing sign-in": [
      {
        config:
          "[default]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 012345678901\nsso_role_name = Ops\n",
      },
      4,
      ["sign-in-needed"],
    ],
  };
  for (const [sentence, [given, status, codes]] of Object.entries(cases)) {
    test(`finds ${sentence}`, async () => {
      const found = await reported(given);
      expect({ status: found.status, codes: found.codes }).toEqual({ status, codes: [...codes] });
    });
  }
});
