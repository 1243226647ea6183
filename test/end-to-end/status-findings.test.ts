import { expect } from "bun:test";
import type { FindingCode } from "../../src/commands/status/findings.ts";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, keyLines } from "./support/identities.ts";
import type { Environment } from "./support/run.ts";
import { type Scene, type SceneOptions, scenario } from "./support/scene.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";

/** Each finding of `status`, provoked: in the table of findings and in the JSON, with the status that it leads to. */

interface Course {
  readonly status: 0 | 1 | 3 | 4;
  readonly args?: readonly string[];
  /** Files below the scene's root, by mode 0600. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Environment;
  /** Instance metadata may be asked. */
  readonly metadata?: true;
  readonly prepare?: (scene: Scene) => Promise<void>;
  /** Part of what it says. */
  readonly says: string;
  /** Part of the command that helps. */
  readonly hint: string;
  /** What else is found. */
  readonly beside?: readonly FindingCode[];
  readonly options?: SceneOptions;
}

const home = (text: string) => ({ "home/.aws/config": text });
const keyed = (name: string) => `[${name}]\n${keyLines(SAMPLE_KEYS.ana)}\n`;
const { guarded } = SAMPLE_ROLES;
const helper = "credential_process = false\n";
const token = "/latest/api/token";
const credentials = "/latest/meta-data/iam/security-credentials/";
const answers = (path: string, status: number) => async (scene: Scene) =>
  scene.standIn.fault({
    match: { path },
    effect: { kind: "response", status, contentType: "text/plain", body: "" },
    times: 9,
  });

/** Complete by its type: a finding without a course does not compile. */
const courses: Readonly<Record<FindingCode, Course>> = {
  "no-credentials": {
    status: 3,
    says: "no credentials",
    hint: "name a profile with --profile",
    beside: ["metadata-disabled"],
  },
  "sign-in-needed": {
    status: 4,
    args: ["--profile", "s"],
    files: home(config),
    says: "there is no valid sign-in to",
    hint: "aws-login login --profile s",
  },
  "cannot-acquire": {
    status: 1,
    args: ["--assume-roles", SAMPLE_ROLES.closed],
    env: ANA,
    says: "AccessDenied",
    hint: "the trust policy of Closed must admit",
  },
  "credentials-expired": {
    status: 1,
    env: { ...ANA, AWS_SESSION_TOKEN: "made-up", AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z" },
    says: "expired at 2020-01-01T00:00:00Z",
    hint: "aws-login dumpcreds",
  },
  "renewal-due": {
    status: 0,
    args: ["--profile", "s"],
    files: home(config),
    prepare: async (scene) => {
      await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
    },
    says: "the sign-in to",
    hint: "aws-login",
  },
  "process-not-run": {
    status: 0,
    args: ["--offline", "--profile", "p"],
    files: home(`[profile p]\n${helper}`),
    says: "the credential_process of",
    hint: "leave out --offline",
  },
  "mfa-not-asked": {
    status: 0,
    args: ["--profile", "g"],
    files: {
      ...home(
        `[profile g]\nrole_arn = ${guarded}\nsource_profile = ana\nmfa_serial = ${SAMPLE_MFA.serialNumber}\nmfa_process = false\n`,
      ),
      "home/.aws/credentials": keyed("ana"),
    },
    says: `a code of ${SAMPLE_MFA.serialNumber}`,
    hint: "aws-login getcallerid runs it",
  },
  "keys-shadow-profile": {
    status: 0,
    env: { ...ANA, AWS_DEFAULT_PROFILE: "other" },
    files: home("[profile other]\nregion = eu-west-1\n"),
    says: "comes before AWS_DEFAULT_PROFILE=other",
    hint: "--profile other",
  },
  "sdk-differs": {
    status: 0,
    env: { ...ANA, AWS_PROFILE: "other" },
    files: home("[profile other]\nregion = eu-west-1\n"),
    says: "the AWS SDK for JavaScript takes AWS_PROFILE=other",
    hint: "unset AWS_PROFILE",
    beside: ["keys-shadow-profile"],
  },
  "default-over-endpoint": {
    status: 0,
    files: { "home/.aws/credentials": keyed("default") },
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/x" },
    says: "comes before the endpoint of AWS_CONTAINER_CREDENTIALS_FULL_URI",
    hint: "set AWS_PROFILE",
  },
  "unknown-setting": {
    status: 0,
    files: { ...home("[default]\nregoin = eu-west-1\n"), "home/.aws/credentials": keyed("default") },
    says: "did you mean region?",
    hint: "correct the profile in",
  },
  "ignored-value": {
    status: 0,
    files: { ...home("[default]\nimds_use_ipv6 = yes\n"), "home/.aws/credentials": keyed("default") },
    says: "its value is not true or false",
    hint: "correct the profile in",
  },
  "needs-role": {
    status: 0,
    files: { ...home("[default]\nexternal_id = x\n"), "home/.aws/credentials": keyed("default") },
    says: "has no effect without role_arn",
    hint: "correct the profile in",
  },
  "hidden-source": {
    status: 0,
    files: { ...home(`[default]\n${helper}`), "home/.aws/credentials": keyed("default") },
    says: "credential_process",
    hint: "correct the profile in",
  },
  "open-file": {
    status: 0,
    prepare: async (scene) => {
      await scene.write("home/.aws/credentials", keyed("default"), 0o644);
    },
    says: "others may read",
    hint: "chmod 600",
  },
  "clock-off": {
    status: 0,
    env: ANA,
    options: { now: () => Date.now() + 20 * 60_000 },
    says: "20 minutes behind AWS's",
    hint: "set the clock",
  },
  "metadata-proxy": {
    status: 0,
    metadata: true,
    env: { HTTP_PROXY: "http://127.0.0.1:1" },
    says: "the proxy of the environment covers 127.0.0.1",
    hint: "NO_PROXY",
  },
  "metadata-hop-limit": {
    status: 3,
    metadata: true,
    env: { container: "podman", AWS_METADATA_SERVICE_TIMEOUT: "1", AWS_METADATA_SERVICE_NUM_ATTEMPTS: "1" },
    prepare: async ({ standIn }) => standIn.fault({ match: { path: token }, delay: 20_000, times: 9 }),
    says: "does not answer inside this container",
    hint: "--http-put-response-hop-limit 2",
    beside: ["no-credentials"],
  },
  "metadata-silent": {
    status: 3,
    metadata: true,
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1" },
    says: "nothing answers at http://127.0.0.1:1",
    hint: "AWS_EC2_METADATA_DISABLED=true",
    beside: ["no-credentials"],
  },
  "metadata-disabled": {
    status: 1,
    metadata: true,
    prepare: answers(token, 403),
    says: "is disabled for this instance",
    hint: "--http-endpoint enabled",
    beside: ["cannot-acquire"],
  },
  "metadata-no-role": {
    status: 3,
    metadata: true,
    prepare: answers(credentials, 404),
    says: "the instance has no role",
    hint: "associate-iam-instance-profile",
    beside: ["no-credentials"],
  },
};

for (const [code, course] of Object.entries(courses)) {
  const { status, args = [], files = {}, env = {}, metadata, prepare, says, hint, beside = [] } = course;
  scenario(
    `status finds ${code}`,
    async (scene) => {
      for (const [path, text] of Object.entries(files)) await scene.write(path, text);
      await prepare?.(scene);
      const variables = { ...(metadata && scene.metadata), ...env };
      const json = await scene.run(["status", "--format", "json", ...args], variables);
      expect([json.status, json.stderr]).toEqual([status, ""]);
      const findings: { code: string; message: string; hint: string }[] = JSON.parse(json.stdout).findings;
      expect(findings.map((found) => found.code).toSorted()).toEqual([code, ...beside].toSorted());
      const found = findings.find((one) => one.code === code);
      expect(found?.message).toContain(says);
      expect(found?.hint).toContain(hint);
      const text = await scene.run(["status", ...args], variables);
      expect([text.status, text.stderr]).toEqual([status, ""]);
      expect(text.stdout).toContain(`${found?.message}`);
      expect(text.stdout).toContain(`${found?.hint}`);
    },
    course.options ?? {},
  );
}
