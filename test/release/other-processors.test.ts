/** Executables for other processors than this machine's, started for real where QEMU plays the processor. */
import { describe, expect } from "bun:test";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { targets } from "../../scripts/release/targets.ts";
import { versionLine } from "../../src/lib/version.ts";
import { entryFiles } from "../end-to-end/support/cached-credentials.ts";
import { ANA, callerOf } from "../end-to-end/support/identities.ts";
import { type Environment, start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { archiveOf } from "./support/build.ts";

interface Processor {
  readonly target: string;
  readonly emulator: readonly string[];
  /** What the emulator needs besides. */
  readonly libraries?: string;
}

const processors: Readonly<Record<string, Processor>> = {
  "64-bit ARM": {
    target: "linux-arm64",
    emulator: ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"],
    libraries: "/usr/aarch64-linux-gnu/lib/libc.so.6",
  },
  // The oldest that the baseline build is for: it has no AVX.
  "an x64 processor of 2008": { target: "linux-x64-baseline", emulator: ["qemu-x86_64", "-cpu", "Nehalem"] },
};

const helper = ["dumpcreds", "--credential-helper", "--use-cache", "--assume-roles", SAMPLE_ROLES.jump];

for (const [name, { target: wanted, emulator, libraries }] of Object.entries(processors)) {
  const [program = ""] = emulator;
  const target = targets.find((one) => one.name === wanted);
  const canRun = Bun.which(program) !== null && (libraries === undefined || existsSync(libraries));
  const path = target && archiveOf(target);

  describe.skipIf(!canRun || path === undefined)(
    `${wanted} on ${name} (needs ${program} and AWS_LOGIN_RELEASE)`,
    () => {
      /** Takes the executable out of its archive and runs it. */
      const run = async (scene: Scene, args: readonly string[], more: Environment = {}) => {
        const { env, work } = scene;
        const other = join(scene.root, "other");
        await mkdir(other);
        const unpacked = await start(
          ["tar", "-xzf", path ?? "", "--strip-components=1", "-C", other],
          env,
          work,
        ).ended;
        expect(unpacked).toEqual({ status: 0, stdout: "", stderr: "" });
        return start([...emulator, join(other, "aws-login"), ...args], { ...env, ...ANA, ...more }, work)
          .ended;
      };

      scenario("says its version", async (scene) => {
        expect(await run(scene, ["version"])).toEqual({ status: 0, stdout: versionLine, stderr: "" });
      });

      scenario("answers from the cache of this machine's executable", async (scene) => {
        const cached = await scene.run(helper, ANA);
        expect([cached.status, cached.stderr]).toEqual([0, ""]);
        expect(await run(scene, helper)).toEqual(cached);
        expect(scene.standIn.requests.map(({ action }) => action)).toEqual(["AssumeRole"]);
        expect(await entryFiles(scene)).toHaveLength(1);
      });

      // Without TLS, which takes an emulated processor seconds.
      scenario("signs what AWS accepts", async (scene) => {
        const { jump } = SAMPLE_ROLES;
        const args = ["getcallerid", "--assume-roles", jump];
        const caller = await run(scene, args, scene.standIn.endpointEnv());
        expect(caller).toEqual({ status: 0, stdout: callerOf(scene.standIn, jump), stderr: "" });
      });
    },
  );
}
