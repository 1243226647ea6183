/** The launcher of the npm package, in a folder laid out as npm does it, under each program that may run it. */
import { describe, expect } from "bun:test";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { launcherCode } from "../../scripts/release/npm-packages.ts";
import { versionLine } from "../../src/lib/version.ts";
import { executable } from "../end-to-end/support/executable.ts";
import { ANA } from "../end-to-end/support/identities.ts";
import { start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { textOfFile, until } from "../end-to-end/support/until.ts";
import { thisMachine } from "./support/build.ts";

/** Answers the launcher's path. */
async function install(scene: Scene, isComplete: boolean): Promise<string> {
  const scope = join(scene.root, "node_modules/@aws-login");
  const launcher = join(scope, "aws-login/bin/aws-login.js");
  await Bun.write(launcher, await launcherCode());
  if (isComplete) {
    const bin = join(scope, thisMachine?.name ?? "", "bin");
    await mkdir(bin, { recursive: true });
    await symlink(executable, join(bin, "aws-login"));
  }
  return launcher;
}

const programs: Readonly<Record<string, string | null>> = {
  node: Bun.which("node"),
  // It can replace a process by another, as Node can from version 22.15.
  bun: process.execPath,
};

for (const [name, program] of Object.entries(programs)) {
  describe.skipIf(program === null)(`the launcher under ${name} (needs ${name})`, () => {
    const runtime = program ?? "";

    scenario("gives stdin, stdout, stderr and exit status through", async (scene) => {
      const launcher = await install(scene, true);
      const line = "printf 'in\\n' | \"$0\" \"$1\" runas -- sh -c 'cat; echo err >&2; exit 7'";
      const argv = ["sh", "-c", line, runtime, launcher];
      expect(await start(argv, { ...scene.env, ...ANA }, scene.work).ended).toEqual({
        status: 7,
        stdout: "in\n",
        stderr: "err\n",
      });
    });

    scenario("gives the arguments through as they are", async (scene) => {
      const launcher = await install(scene, true);
      const argv = [runtime, launcher, "runas", "--", "printf", "<%s>", "a b", "", "*", "é"];
      const { stdout } = await start(argv, { ...scene.env, ...ANA }, scene.work).ended;
      expect(stdout).toBe("<a b><><*><é>");
      expect((await start([runtime, launcher, "version"], scene.env, scene.work).ended).stdout).toBe(
        versionLine,
      );
    });

    for (const [signal, status] of [["SIGTERM", 143] as const, ["SIGINT", 130] as const]) {
      scenario(`ends by ${signal} as the program does`, async (scene) => {
        const launcher = await install(scene, true);
        const started = join(scene.root, "started");
        const line = `echo $$ > ${started}; exec sleep 60`;
        const argv = [runtime, launcher, "runas", "--", "sh", "-c", line];
        const running = start(argv, { ...scene.env, ...ANA }, scene.work);
        const child = await until(async () => (await textOfFile(started))?.match(/^\d+\n/)?.[0]);
        running.kill(signal);
        expect(await running.ended).toEqual({ status, stdout: "", stderr: "" });
        expect(() => process.kill(Number(child), 0)).toThrow("ESRCH");
      });
    }

    scenario("says which package is missing", async (scene) => {
      const launcher = await install(scene, false);
      const { status, stdout, stderr } = await start([runtime, launcher, "version"], scene.env, scene.work)
        .ended;
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toBe(
        `aws-login: error: cannot find the executable: the package @aws-login/${thisMachine?.name} is not installed\n` +
          "aws-login: hint: install again with optional dependencies, on the system on which it is to run\n",
      );
    });
  });
}
