/** What `serve` shows of the secrets that it serves: on its streams, in files, and to those who look at processes. */
import { expect } from "bun:test";
import { readFile } from "node:fs/promises";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { filesOf, secretsIn, watchSecrets } from "./support/canaries.ts";
import { endpointProcesses, untilNoEndpoint, worldWithShortRoles } from "./support/endpoints.ts";
import { ANA, keyLines } from "./support/identities.ts";
import type { Environment } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { ask, bodyOf, type Served, serve, serveDetached } from "./support/served.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

const forms = { serve, "serve --detach": serveDetached };

interface Course {
  readonly args: readonly string[];
  readonly env?: Environment;
  /** What befalls the endpoint until its first error. */
  readonly trouble?: (scene: Scene) => void;
}

const page = { kind: "response", status: 200, contentType: "application/json" } as const;

const courses: Readonly<Record<string, Course>> = {
  "the keys of the environment lead to a role": { args: ["--assume-roles", SAMPLE_ROLES.jump], env: ANA },
  "a profile leads to a role": { args: ["--profile", "chain"] },
  "the sign-in has ended": {
    args: ["--profile", "s"],
    trouble: ({ standIn }) => standIn.endSignIns(),
  },
  "the portal refuses": {
    args: ["--profile", "s"],
    trouble: ({ standIn }) =>
      standIn.fault({
        match: { service: "portal" },
        effect: { kind: "refusal", status: 403, code: "ForbiddenException", message: "No access" },
        times: 1_000,
      }),
  },
  "the answer is no credentials": {
    args: ["--profile", "s"],
    trouble: ({ standIn }) =>
      standIn.fault({
        match: { service: "portal" },
        effect: { ...page, body: '{"roleCredentials":{"secretAccessKey":"made-up-and-secret-value"}}' },
        times: 1_000,
      }),
  },
};

const text = `${config}
[profile chain]
role_arn = ${SAMPLE_ROLES.relay}
source_profile = jump

[profile jump]
role_arn = ${SAMPLE_ROLES.jump}
source_profile = ana
`;

/** Asks until the endpoint answers with an error, and resolves to its text. */
async function firstError(served: Served): Promise<string> {
  return until(async () => {
    const response = await ask(served);
    if (response.status !== 200) return response.text();
    await response.text();
    await Bun.sleep(20);
    return undefined;
  });
}

for (const [form, begin] of Object.entries(forms)) {
  for (const [name, { args, env = {}, trouble }] of Object.entries(courses)) {
    scenario(
      `${form} --verbose shows no secret but what it prints when ${name}`,
      async (scene) => {
        await scene.write("home/.aws/config", text);
        await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
        await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
        const canaries = watchSecrets(scene.standIn, { "a secret in an answer": "made-up-and-secret-value" });
        const before = await filesOf(scene);
        const served = await begin(scene, [...args, "--verbose", "--profiles"], env);
        const own = new Map([
          ["token of the endpoint", served.token],
          ["path of the endpoint", new URL(served.uri).pathname.slice(1)],
        ]);
        const [pid = served.pid] = await endpointProcesses(scene);
        const shown = new Map([
          ["arguments", await readFile(`/proc/${pid}/cmdline`, "utf8")],
          ["an error for a profile", await (await ask(served, { path: "/profile/nope" })).text()],
        ]);
        // In the foreground the environment is the caller's own.
        if (form !== "serve") shown.set("environment", await readFile(`/proc/${pid}/environ`, "utf8"));
        const { SecretAccessKey } = await bodyOf(await ask(served));
        trouble?.(scene);
        if (trouble !== undefined) shown.set("an error", await firstError(served));
        served.kill("SIGTERM");
        const { stdout, stderr } = await served.ended;
        await untilNoEndpoint(scene);
        shown.set("stdout", stdout);
        shown.set("stderr", stderr);
        for (const [path, content] of await filesOf(scene)) {
          // The AWS CLI's cache is for tokens.
          if (before.get(path) !== content && !path.includes("/.aws/sso/cache/")) shown.set(path, content);
        }
        const secrets = new Map([...canaries.secrets(), ...own]);
        const found = [...shown].map(([place, content]) => [place, secretsIn(content, secrets)]);
        expect(found).toEqual([...shown.keys()].map((place) => [place, []]));
        expect(stderr).toContain("aws-login: serving the credentials of ");
        // The variables have the secrets of the endpoint, and no other.
        const printed = JSON.stringify(served.variables);
        expect(secretsIn(printed, secrets)).toEqual([...own.keys()]);
        expect(secretsIn(`${SecretAccessKey}`, secrets).length).toBe(1);
      },
      { world: worldWithShortRoles(3), waits: true, only: "linux" },
    );
  }
}
