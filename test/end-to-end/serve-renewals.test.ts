/** `serve`, in the foreground and in the background, whose renewals fail, are slow, or need a person. */
import { expect } from "bun:test";
import { rm } from "node:fs/promises";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { fakeBrowser } from "./support/browser.ts";
import { endpointProcesses, untilNoEndpoint, worldWithShortRoles } from "./support/endpoints.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { ask, bodyOf, type Served, serve, serveDetached } from "./support/served.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

/** Seconds that a set lives. Its renewal begins at two thirds. */
const life = 4;
/** A response waits for a moment before. */
const underWay = "new credentials are being acquired";
const forms = { serve, "serve --detach": serveDetached };

async function prepare(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
}

type Body = Readonly<Record<string, unknown>>;

/** Asks until the endpoint answers with that status, and so; every set on the way is valid. */
async function untilAnswer(served: Served, status: number, fits = (_: Body) => true): Promise<Body> {
  return until(async () => {
    const asked = Date.now();
    const response = await ask(served);
    const body = await bodyOf(response);
    if (response.status === 200) expect(Date.parse(`${body.Expiration}`)).toBeGreaterThan(asked);
    if (response.status === status && fits(body)) return body;
    await Bun.sleep(20);
    return undefined;
  });
}

async function end(scene: Scene, served: Served): Promise<string> {
  served.kill("SIGTERM");
  const { stderr } = await served.ended;
  await untilNoEndpoint(scene);
  return stderr;
}

for (const [form, begin] of Object.entries(forms)) {
  scenario(
    `${form} serves again by itself after a sign-in in another window`,
    async (scene) => {
      await prepare(scene);
      const browser = await fakeBrowser(scene);
      const served = await begin(scene, ["--profile", "s"]);
      await rm(`${scene.root}/${sessionToken}`);
      const failed = await untilAnswer(served, 401);
      expect(failed).toMatchObject({
        Code: "ExpiredToken",
        Message: expect.stringContaining("aws-login login --profile s"),
      });
      expect(failed).toMatchObject({ code: failed.Code, message: failed.Message });
      const signedIn = await scene.run(["login", "--profile", "s"], { BROWSER: browser.command });
      expect(signedIn.status).toBe(0);
      await untilAnswer(served, 200);
      // A note says until when the old set is served, where it is.
      const lines = (await end(scene, served)).split("\n");
      const told = lines.filter((line) => /error|warning|hint/.test(line));
      expect(told).toEqual([
        expect.stringMatching(/^aws-login: error: cannot renew the credentials of s: .*: there is none$/),
        "aws-login: hint: sign in with: aws-login login --profile s",
      ]);
    },
    { world: worldWithShortRoles(life), signInSettings: { autoApprove: true }, waits: true, only: "linux" },
  );

  scenario(
    `${form} outlives a service that fails, and tells it once when the old set has ended`,
    async (scene) => {
      await prepare(scene);
      const served = await begin(scene, ["--profile", "s"]);
      const effect = { kind: "status", status: 500, body: "empty" } as const;
      scene.standIn.fault({ match: { service: "portal" }, effect, times: 1_000 });
      const failed = await untilAnswer(served, 503, ({ Message }) => Message !== underWay);
      expect(failed.Code).toBe("CredentialsUnavailable");
      scene.standIn.reset();
      await untilAnswer(served, 200);
      const told = (await end(scene, served)).match(/error: cannot renew the credentials of s: /g);
      expect(told?.length).toBe(1);
    },
    { world: worldWithShortRoles(life), waits: true, only: "linux" },
  );

  scenario(
    `${form} says that a slow renewal is under way when the old set has ended, and serves its result`,
    async (scene) => {
      await prepare(scene);
      const served = await begin(scene, ["--profile", "s"]);
      // It comes three seconds after the end of the old set, for which no request waits so long.
      scene.standIn.fault({ match: { service: "portal" }, delay: 6_000, times: 1 });
      expect((await untilAnswer(served, 503)).Message).toBe(underWay);
      await untilAnswer(served, 200);
      await end(scene, served);
    },
    { world: worldWithShortRoles(9), waits: true, only: "linux" },
  );

  scenario(
    `${form} renews once for hundreds of requests that wait when the machine wakes up`,
    async (scene) => {
      await prepare(scene);
      const served = await begin(scene, ["--profile", "s"]);
      const [pid = served.pid] = await endpointProcesses(scene);
      const first = await bodyOf(await ask(served));
      process.kill(pid, "SIGSTOP");
      await Bun.sleep(2 * life * 1_000);
      const asking = Array.from({ length: 300 }, () => ask(served));
      process.kill(pid, "SIGCONT");
      const answers = await Promise.all(asking);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      const bodies = await Promise.all(answers.map(bodyOf));
      expect(new Set(bodies.map(({ AccessKeyId }) => AccessKeyId)).size).toBe(1);
      expect(bodies[0]?.AccessKeyId).not.toBe(first.AccessKeyId);
      await end(scene, served);
    },
    { world: worldWithShortRoles(2 * life), waits: true, only: "linux" },
  );
}

scenario(
  "serve --detach in a terminal tells the person there that a sign-in is needed",
  async (scene) => {
    await prepare(scene);
    const line = 'eval "$(aws-login serve --detach --profile s)"; read line';
    await using terminal = openTerminal(["bash", "--norc", "-c", line], scene.env);
    await terminal.shows("aws-login: serving the credentials of s, ");
    scene.standIn.endSignIns();
    await rm(`${scene.root}/${sessionToken}`);
    await terminal.shows("aws-login: error: cannot renew the credentials of s: ");
    await terminal.shows("aws-login: hint: sign in with: aws-login login --profile s");
    terminal.type("\n");
    expect(await terminal.exited).toBe(0);
    await untilNoEndpoint(scene);
  },
  { world: worldWithShortRoles(life), waits: true, only: "linux" },
);
