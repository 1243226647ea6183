/** What npm makes of the packages of a release: no registry but one on loopback, no cache but an empty one. */
import { describe, expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { version, versionLine } from "../../src/lib/version.ts";
import { ANA } from "../end-to-end/support/identities.ts";
import { type Environment, start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { npmPackage, thisMachine } from "./support/build.ts";
import { type Registry, startRegistry } from "./support/registry.ts";

const npm = Bun.which("npm");
const node = Bun.which("node");
const packages = [npmPackage("aws-login"), npmPackage(thisMachine?.name ?? "")].filter(
  (path) => path !== undefined,
);
const canRun = npm !== null && node !== null && packages.length === 2;

/** npm with nothing of this machine's: no cache, no settings, and no way to the stand-in either. */
function npmEnvironment(scene: Scene, { url }: Registry): Environment {
  return {
    HOME: scene.home,
    TMPDIR: scene.env.TMPDIR,
    PATH: `${dirname(node ?? "")}:/usr/bin:/bin`,
    AWS_EC2_METADATA_DISABLED: "true",
    npm_config_registry: url,
    npm_config_cache: join(scene.root, "npm-cache"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    npm_config_fetch_retries: "0",
  };
}

describe.skipIf(!canRun)("npm (needs npm and AWS_LOGIN_RELEASE)", () => {
  scenario("npx starts the executable for this system, and nothing is run to install it", async (scene) => {
    const registry = await startRegistry(packages);
    try {
      const env = { ...npmEnvironment(scene, registry), npm_config_ignore_scripts: "true" };
      const npx = ["npx", "--yes", `@aws-login/aws-login@${version}`];
      expect(await start([...npx, "version"], env, scene.work).ended).toEqual({
        status: 0,
        stdout: versionLine,
        stderr: "",
      });
      expect(registry.asked.filter((path) => path.endsWith(".tgz")).toSorted()).toEqual(
        [
          `/@aws-login/aws-login/-/${version}.tgz`,
          `/@aws-login/${thisMachine?.name}/-/${version}.tgz`,
        ].toSorted(),
      );
      const child = await start([...npx, "runas", "--", "sh", "-c", "exit 7"], { ...env, ...ANA }, scene.work)
        .ended;
      expect([child.status, child.stdout]).toEqual([7, ""]);
    } finally {
      await registry.stop();
    }
  });

  scenario("the packages can be installed from their files, without a registry", async (scene) => {
    const registry = await startRegistry([]);
    const env = { ...npmEnvironment(scene, registry), npm_config_offline: "true" };
    // npm needs no registry here; a request would reach a closed port on loopback only.
    await registry.stop();
    await scene.write("work/package.json", "{}");
    const { status, stderr } = await start(["npm", "install", ...packages], env, scene.work).ended;
    expect([status, stderr]).toEqual([0, ""]);
    expect((await readdir(join(scene.work, "node_modules/@aws-login"))).toSorted()).toEqual(
      ["aws-login", thisMachine?.name ?? ""].toSorted(),
    );
    const program = join(scene.work, "node_modules/.bin/aws-login");
    expect((await start([program, "version"], env, scene.work).ended).stdout).toBe(versionLine);
  });
});
