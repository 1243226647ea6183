/** Ctrl-C, and being told to end, wherever the program waits. */
import { expect } from "bun:test";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { fakeBrowser } from "./support/browser.ts";
import { ANA } from "./support/identities.ts";
import { heedsInterruption } from "./support/processes.ts";
import { type Environment, type Running, start } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, role, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";
import { stderrText } from "./support/stderr-text.ts";
import { textOfFile, until } from "./support/until.ts";

const ofRole = ["dumpcreds", "--use-cache", "--assume-roles", SAMPLE_ROLES.jump];
/** Milliseconds: longer than any test. */
const silence = 60_000;

/** What was left below HOME, but for locks, which are files without content. */
async function leftBehind(scene: Scene): Promise<string[]> {
  const names = await Array.fromAsync(new Bun.Glob("**/*").scan({ cwd: scene.home, dot: true }));
  return names.filter((name) => !name.startsWith(".aws-login/locks/")).toSorted();
}

/** A program that waits when this resolves, and what its work is called when it is interrupted. */
type Waiting = (scene: Scene) => Promise<{ readonly program: Running; readonly doing: string }>;

/** Starts it, and waits for the request that is left without an answer. */
async function asked(scene: Scene, args: readonly string[], env: Environment = {}): Promise<Running> {
  const before = scene.standIn.requests.length;
  const program = scene.start(args, env);
  await until(async () => scene.standIn.requests[before]);
  return program;
}

const waits: Record<string, Waiting> = {
  "AWS does not answer": async (scene) => {
    scene.standIn.fault({ delay: silence });
    return { program: await asked(scene, ["getcallerid"], ANA), doing: "getcallerid" };
  },
  "AWS does not answer a cached acquisition": async (scene) => {
    scene.standIn.fault({ delay: silence });
    return { program: await asked(scene, ofRole, ANA), doing: "dumpcreds" };
  },
  "the portal does not list the roles": async (scene) => {
    await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
    scene.standIn.fault({ delay: silence });
    const args = ["dumpconfig", "--accesstoken-cache", join(scene.root, "token.json")];
    return { program: await asked(scene, args), doing: "listing your roles" };
  },
  "a person has not approved the sign-in": async (scene) => {
    const program = scene.start(["getcallerid", "--start-url", startUrl, ...role, "--use-device-code"]);
    await until(async () => (operations(scene).includes("StartDeviceAuthorization 200") ? true : undefined));
    return { program, doing: `signing in to ${startUrl}` };
  },
  "the browser does not fetch the console's address": async (scene) => {
    const browser = await fakeBrowser(scene, join(scene.root, "gate"));
    const program = scene.start(["console", "--assume-roles", SAMPLE_ROLES.jump], {
      ...ANA,
      BROWSER: browser.command,
    });
    await until(async () => (await browser.exposed()) || undefined);
    return { program, doing: "console" };
  },
  "the token is to come from stdin": async (scene) => {
    const trace = join(scene.root, "trace");
    const command = `exec aws-login getcallerid --sso-access-token - ${role.join(" ")} --verbose 2>${trace} <>fifo`;
    const program = start(["bash", "-c", `mkfifo fifo && ${command}`], scene.env, scene.work);
    await until(async () => (await textOfFile(trace)) || undefined);
    return { program, doing: "getcallerid" };
  },
};

for (const [name, wait] of Object.entries(waits)) {
  scenario(
    `Ctrl-C while ${name} ends with status 130, one error line and nothing left behind`,
    async (scene) => {
      const { program, doing } = await wait(scene);
      await heedsInterruption(program);
      await heedsInterruption(program);
      program.kill("SIGINT");
      const { status, stdout, stderr } = await program.ended;
      expect([status, await program.endedBy, stdout]).toEqual([130, undefined, ""]);
      const said = `${(await textOfFile(join(scene.root, "trace"))) ?? ""}${stderr}`;
      expect(said.split("\n").slice(-2).join("\n")).toBe(stderrText({ error: `${doing}: interrupted` }));
      expect(said.split("error:")).toHaveLength(2);
      expect(await leftBehind(scene)).toEqual([]);
    },
  );

  scenario(`SIGTERM while ${name} ends the program by that signal, without a word`, async (scene) => {
    const { program } = await wait(scene);
    await heedsInterruption(program);
    program.kill("SIGTERM");
    const { stdout, stderr } = await program.ended;
    expect([await program.endedBy, stdout]).toEqual(["SIGTERM", ""]);
    expect(stderr).not.toContain("error:");
    expect(await leftBehind(scene)).toEqual([]);
  });
}

scenario(
  "of two processes that want the same, each can be interrupted alone, and the lock is free then",
  async (scene) => {
    scene.standIn.fault({ delay: silence });
    const first = await asked(scene, ofRole, ANA);
    const trace = join(scene.root, "trace");
    const command = `exec aws-login ${ofRole.join(" ")} --verbose 2>${trace}`;
    const second = start(["bash", "-c", command], { ...scene.env, ...ANA }, scene.work);
    await until(async () => (await textOfFile(trace)) || undefined);
    await heedsInterruption(second);
    second.kill("SIGINT");
    expect(await second.ended).toMatchObject({ status: 130, stdout: "" });
    expect(await second.endedBy).toBeUndefined();
    expect(await textOfFile(trace)).toEndWith(stderrText({ error: "dumpcreds: interrupted" }));
    expect(scene.standIn.requests).toHaveLength(1);

    await heedsInterruption(first);
    first.kill("SIGINT");
    expect(await first.ended).toEqual({
      status: 130,
      stdout: "",
      stderr: stderrText({ error: "dumpcreds: interrupted" }),
    });
    expect((await scene.run(ofRole, ANA)).status).toBe(0);
  },
);

scenario("a listing that is interrupted takes its line off the terminal", async (scene) => {
  await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
  scene.standIn.fault({ match: { action: "ListAccountRoles" }, delay: silence });
  const argv = [
    join(scene.bin, "aws-login"),
    "dumpconfig",
    "--accesstoken-cache",
    join(scene.root, "token.json"),
  ];
  await using terminal = openTerminal(argv, scene.env);
  await terminal.shows("listing your roles: ");
  await heedsInterruption(terminal);
  terminal.type("\x03");
  expect(await terminal.exited).toBe(130);
  expect(terminal.text()).toMatch(/\r +\raws-login: error: listing your roles: interrupted\r\n$/);
});

scenario("runas is ended by the signal itself while it waits, as its program would be", async (scene) => {
  scene.standIn.fault({ delay: silence });
  const program = await asked(scene, ["runas", "--assume-roles", SAMPLE_ROLES.jump, "--", "true"], ANA);
  program.kill("SIGINT");
  expect(await program.ended).toEqual({ status: 130, stdout: "", stderr: "" });
  expect(await program.endedBy).toBe("SIGINT");
});

scenario(
  "Ctrl-C that a script ignores is ignored",
  async (scene) => {
    scene.standIn.fault({ delay: 1000 });
    const command = `trap "" INT; exec aws-login getcallerid`;
    const program = start(["bash", "-c", command], { ...scene.env, ...ANA }, scene.work);
    await until(async () => scene.standIn.requests[0]);
    program.kill("SIGINT");
    expect(await program.ended).toMatchObject({ status: 0, stderr: "" });
  },
  { only: "linux" },
);

scenario("a sign-in that is interrupted leaves the stored one as it was", async (scene) => {
  await scene.write("home/.aws/config", config);
  const before = tokenFile(scene.standIn.signIn(), 3600);
  const path = await scene.write(sessionToken, before);
  const program = scene.start(["login", "--profile", "s", "--use-device-code"]);
  await until(async () => (operations(scene).includes("StartDeviceAuthorization 200") ? true : undefined));
  await heedsInterruption(program);
  program.kill("SIGINT");
  expect((await program.ended).status).toBe(130);
  expect(await textOfFile(path)).toBe(before);
  expect((await scene.run(["getcallerid", "--profile", "s"])).status).toBe(0);
});
