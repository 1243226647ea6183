/** What a person does with an archive: unpack it where there is nothing else, and use it. */
import { describe, expect } from "bun:test";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { SHELLS } from "../../src/cli/command-names.ts";
import { version, versionLine } from "../../src/lib/version.ts";
import { ANA } from "../end-to-end/support/identities.ts";
import { type Ended, type Environment, start } from "../end-to-end/support/run.ts";
import { type Scene, scenario } from "../end-to-end/support/scene.ts";
import { thisMachine } from "./support/build.ts";
import { archiveForThisMachine } from "./support/packages.ts";

const target = thisMachine ?? { name: "linux-x64", executable: "aws-login" };

/** The folder that the archive of this machine gives: the release's, else one made of the executable under test. */
async function unpack(scene: Scene): Promise<string> {
  const place = join(scene.root, "unpacked");
  await mkdir(place);
  const { name, bytes } = await archiveForThisMachine();
  const path = join(scene.root, name);
  await Bun.write(path, bytes);
  const { status, stderr } = await start(["tar", "-xzf", path], scene.env, place).ended;
  expect([status, stderr]).toEqual([0, ""]);
  const [folder = "", ...more] = await readdir(place);
  expect([folder, ...more]).toEqual([`aws-login-${version}-${target.name}`]);
  return join(place, folder);
}

const COMPLETIONS = ["aws-login.bash", "_aws-login", "aws-login.fish", "aws-login.ps1"];

describe("an archive", () => {
  scenario("unpacked in an empty folder is all that the program needs", async (scene) => {
    const folder = await unpack(scene);
    // No PATH, no language, nothing but a home that is empty, and the way to the stand-in.
    const { HOME, HTTPS_PROXY, AWS_CA_BUNDLE, AWS_EC2_METADATA_DISABLED } = scene.env;
    const env: Environment = { HOME, HTTPS_PROXY, AWS_CA_BUNDLE, AWS_EC2_METADATA_DISABLED };
    const run = (args: readonly string[], more: Environment = {}): Promise<Ended> =>
      start([join(folder, target.executable), ...args], { ...env, ...more }, folder).ended;
    const content = async () => (await readdir(folder, { recursive: true })).toSorted();
    const before = await content();

    expect(await run(["version"])).toEqual({ status: 0, stdout: versionLine, stderr: "" });
    expect((await run(["help"])).stdout).toContain("Usage: aws-login <command> [options]\n");
    expect((await run(["help", "dumpcreds"])).stdout).toStartWith("Usage: aws-login dumpcreds ");
    for (const [index, shell] of SHELLS.entries()) {
      const file = Bun.file(join(folder, "completions", COMPLETIONS[index] ?? ""));
      expect(await run(["completion", shell])).toEqual({ status: 0, stdout: await file.text(), stderr: "" });
    }
    const asked = await run(["getcallerid"], ANA);
    expect([asked.status, asked.stderr]).toEqual([0, ""]);
    expect(JSON.parse(asked.stdout).Arn).toBe("arn:aws:iam::111111111111:user/ana");

    expect(await readdir(scene.home)).toEqual([]);
    expect(await content()).toEqual(before);
  });
});
