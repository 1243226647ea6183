import { expect } from "bun:test";
import type { Fault } from "../stand-in/faults.ts";
import { SAMPLE_IDENTITY_CENTER } from "../stand-in/sample-identity-center.ts";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { fakeBrowser } from "./support/browser.ts";
import { type Canaries, filesOf, watchSecrets } from "./support/canaries.ts";
import { keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";

/**
 * Every secret that a run touches is searched for where it must not be: on stderr with `--verbose`, in files, in what
 * other programs are given, and on stdout unless it is the answer.
 */

const proxyCredentials = { user: "proxy-user", password: "made-up-password-of-the-proxy" };
const { jump, relay, guarded, closed } = SAMPLE_ROLES;

// Said outright, because a credential helper starts no sign-in by itself.
const signIn = ["--sign-in", "auto"];
const portal = [...signIn, "--start-url", SAMPLE_IDENTITY_CENTER.startUrl, "--sso-acct-id", "111111111111"];

const config = `[profile chain]
role_arn = ${relay}
source_profile = jump

[profile jump]
role_arn = ${jump}
source_profile = ana

[profile refused]
role_arn = ${closed}
source_profile = jump
`;

/** How each command is run, and whether its stdout is the secret answer. */
const commands: Record<string, { readonly args: readonly string[]; readonly answers: boolean }> = {
  getcallerid: { args: ["getcallerid"], answers: false },
  dumpcreds: { args: ["dumpcreds"], answers: true },
  "dumpcreds --credential-helper": { args: ["dumpcreds", "--credential-helper"], answers: true },
  "console --no-browser": { args: ["console", "--no-browser"], answers: true },
  console: { args: ["console"], answers: false },
  runas: { args: ["runas", "-c", "true"], answers: false },
};

interface Run {
  /** Which commands fail; absent: none. */
  readonly fails?: "all" | "console";
  readonly args: readonly string[];
  readonly faults?: readonly Fault[];
  readonly metadata?: true;
  readonly clock?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const answer = (status: number, contentType: string, body: string): Fault => ({
  effect: { kind: "response", status, contentType, body },
});

/** What may happen to a run. */
const courses: Record<string, Run> = {
  "all goes well": { args: ["--profile", "chain"] },
  "long-term keys are exchanged": { args: ["--profile", "ana", "--get-federation-token"] },
  "an MFA code is spent": {
    args: ["--profile", "ana", "--assume-roles", guarded, "--mfa-serial", SAMPLE_MFA.serialNumber],
  },
  "a person signs in to Identity Center": { args: [...portal, "--sso-role-name", "ReadOnlyAccess"] },
  "Identity Center refuses the role": {
    fails: "all",
    args: [...portal, "--sso-role-name", "NoSuchRole"],
  },
  "the keys are the machine's": { args: [], metadata: true },
  "a role is refused": { fails: "all", args: ["--profile", "refused"] },
  "the session's clock is corrected": { args: ["--profile", "chain"], clock: 20 * 60_000 },
  "the answer is cut short": {
    fails: "all",
    args: ["--profile", "chain"],
    faults: [{ effect: { kind: "truncated-xml" }, after: 1 }],
    env: { AWS_MAX_ATTEMPTS: "1" },
  },
  "the connection breaks amid the answer": {
    fails: "all",
    args: ["--profile", "chain"],
    faults: [{ effect: { kind: "cut", where: "half-body" }, after: 1, times: 9 }],
    env: { AWS_MAX_ATTEMPTS: "1" },
  },
  "a captive portal answers": {
    fails: "all",
    args: ["--profile", "chain"],
    faults: [{ effect: { kind: "captive-portal" } }],
  },
  "the request is redirected": {
    fails: "all",
    args: ["--profile", "chain"],
    faults: [{ effect: { kind: "redirect", location: "http://127.0.0.1:1/" }, after: 1 }],
  },
  "the sign-in service answers with something else": {
    fails: "console",
    args: ["--profile", "chain"],
    faults: [{ match: { service: "signin" }, ...answer(200, "text/html", "<html>no token</html>") }],
  },
  "the proxy refuses": {
    fails: "all",
    args: ["--profile", "chain"],
    env: { HTTPS_PROXY: "WRONG", AWS_MAX_ATTEMPTS: "1" },
  },
  "the certificates cannot be read": {
    fails: "all",
    args: ["--profile", "chain"],
    env: { AWS_CA_BUNDLE: "/none" },
  },
};

for (const [name, takeRun] of Object.entries(courses)) {
  for (const [command, { args, answers }] of Object.entries(commands)) {
    scenario(
      `${command} --verbose leaves no secret anywhere when ${name}`,
      async (scene) => {
        await scene.write("home/.aws/config", config);
        await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
        const code = scene.standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
        const canaries = watchSecrets(scene.standIn, { "proxy password": proxyCredentials.password });
        const before = await filesOf(scene);
        const browser = await fakeBrowser(scene);
        const more = takeRun.args.includes("--mfa-serial") ? [`--mfa-token=${code}`] : [];
        const ended = await scene.run([...args, "--verbose", ...takeRun.args, ...more], {
          BROWSER: browser.command,
          ...(takeRun.metadata && scene.metadata),
          ...prepare(scene, takeRun),
        });

        const fails = takeRun.fails === "all" || (takeRun.fails === "console" && args[0] === "console");
        expect(ended.status).toBe(fails ? 1 : 0);
        expect(ended.stderr).toStartWith("aws-login: ");
        expect(ended.stderr.includes("aws-login: error: ")).toBe(fails);
        expect(canaries.foundIn(ended.stderr)).toEqual([]);
        if (more.length > 0) expect(ended.stderr).not.toContain(code);
        if (fails) expect(ended.stdout).toBe("");
        // That the answer is found where it belongs shows that it would be found elsewhere.
        else expect(canaries.foundIn(ended.stdout).length > 0).toBe(answers);
        if (command === "console" && !fails) {
          await browser.shows("Signed in as ");
          expectClean(canaries, await browser.exposed());
        }
        expect(await filesOf(scene)).toEqual(before);
        expect(canaries.secrets().size).toBeGreaterThan(4);
      },
      { proxyCredentials, signInSettings: { autoApprove: true }, only: "linux" },
    );
  }
}

/** Orders the course's trouble and answers what it adds to the environment. */
function prepare(scene: Scene, { faults = [], clock = 0, env = {} }: Run): Record<string, string> {
  for (const fault of faults) scene.standIn.fault(fault);
  scene.standIn.moveClock(clock);
  if (env.HTTPS_PROXY !== "WRONG") return env;
  const wrong = new URL(scene.standIn.proxyUrl);
  wrong.username = "other-user";
  return { ...env, HTTPS_PROXY: wrong.href };
}

/** The browser is given the proxy's address, for it must reach AWS too, and nothing else that is secret. */
function expectClean(canaries: Canaries, exposed: string): void {
  const withoutProxy = exposed.replaceAll(proxyCredentials.password, "");
  expect(exposed).toContain("http://127.0.0.1:");
  expect(canaries.foundIn(withoutProxy)).toEqual([]);
}

scenario(
  "the keys of the environment reach neither the browser nor the clipboard's program",
  async (scene) => {
    const canaries = watchSecrets(scene.standIn);
    const browser = await fakeBrowser(scene);
    const seen = `${scene.root}/clipboard-exposed`;
    const tool = `#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ | tr '\\0' '\\n' > ${seen}\ncat > /dev/null\n`;
    await scene.write("bin/xclip", tool, 0o755);
    const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
    const ended = await scene.run(["console", "--copy", "--get-federation-token"], {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      BROWSER: browser.command,
      DISPLAY: ":0",
    });
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
    await browser.shows("Signed in as ");
    expect(canaries.foundIn(await browser.exposed())).toEqual([]);
    expect(canaries.foundIn(await Bun.file(seen).text())).toEqual([]);
  },
  { only: "linux" },
);
