/** Files and folders are for their owner alone from the moment they exist, whatever the umask says. */
import { expect, test } from "bun:test";
import { chmod, lstat, mkdir, readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { fakeBrowser } from "./support/browser.ts";
import { ANA } from "./support/identities.ts";
import type { Environment } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, role, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";
import { strace, traced } from "./support/strace.ts";

interface Writer {
  readonly args: readonly string[];
  readonly env?: Environment;
  /** The files and folders below HOME that are there afterwards and were not before; `*` stands for a hash or a time. */
  readonly leaves: readonly string[];
  readonly prepare?: (scene: Scene) => Promise<unknown>;
}

const helper = ["dumpcreds", "--credential-helper"];
const own = [".aws-login", ".aws-login/locks", ".aws-login/locks/*"];
const portals = [".aws-login/portals.json", ".aws-login/tokens", ".aws-login/tokens/*"];

const importable = async (scene: Scene) => {
  await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
};

/** Every way in which the program writes. TOKEN stands for a token file, ACCESS for an access token. */
const writers: Record<string, Writer> = {
  "cached credentials": {
    args: [...helper, "--use-cache", "--assume-roles", SAMPLE_ROLES.jump],
    env: ANA,
    leaves: [...own, ".aws-login/credentials", ".aws-login/credentials/*"],
  },
  "a sign-in that is imported": {
    args: ["importcache", "--accesstoken-cache", "TOKEN"],
    prepare: importable,
    leaves: [...own, ...portals],
  },
  "a sign-in of one's own": {
    args: ["login", "--start-url", startUrl],
    leaves: [...own, ...portals, ".aws-login/clients", ".aws-login/clients/*"],
  },
  "a sign-in for the AWS CLI": {
    args: ["login", "--profile", "s"],
    prepare: (scene) => scene.write("home/.aws/config", config),
    leaves: [...own, ".aws/sso", ".aws/sso/cache", ".aws/sso/cache/*"],
  },
  "a renewed sign-in of the AWS CLI that others could read": {
    args: [...helper, "--profile", "s"],
    prepare: async (scene) => {
      await scene.write("home/.aws/config", config);
      await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60), 0o644);
    },
    leaves: [...own, ".aws/sso/cache/*"],
  },
  "a new config file": {
    args: ["dumpconfig", "--write", "--start-url", startUrl, "--sso-access-token", "ACCESS"],
    leaves: [...own, ".aws", ".aws/config"],
  },
  "what the Python tool left, taken over": {
    args: [...helper, "--use-cache", "--sign-in", "never", ...role],
    prepare: async (scene) => {
      const path = ".aws-login/aws-accesstoken-cache.json";
      await scene.write(`home/${path}`, tokenFile(scene.standIn.signIn(), 3600), 0o644);
      await chmod(join(scene.home, ".aws-login"), 0o755);
    },
    leaves: [...own, ...portals, ".aws-login/credentials", ".aws-login/credentials/*"],
  },
};

const withoutHash = (name: string) => name.replace(/[^/]*[0-9a-f-]{9,}[^/]*$/, "*");

/** The mode of everything below HOME, by its path. */
async function modes(scene: Scene): Promise<Map<string, { mode: string; text: string }>> {
  const found = new Map<string, { mode: string; text: string }>();
  for (const name of await readdir(scene.home, { recursive: true })) {
    const path = join(scene.home, name);
    const { mode, ino } = await lstat(path);
    found.set(name, { mode: (mode & 0o777).toString(8), text: String(ino) });
  }
  return found;
}

/** What the system was asked for, one call a line, where strace tells. */
async function run(scene: Scene, { args, env }: Writer, umask: string, calls?: string) {
  const browser = await fakeBrowser(scene);
  const words = args.map((word) =>
    word
      .replace("TOKEN", join(scene.root, "token.json"))
      .replace("ACCESS", () => scene.standIn.signIn().accessToken),
  );
  const done = await traced(scene, words, { calls, umask, env: { ...env, BROWSER: browser.command } });
  expect([done.ended.status, done.ended.stderr.includes("aws-login: error")]).toEqual([0, false]);
  return done.calls;
}

for (const umask of ["0", "0777"]) {
  for (const [name, writer] of Object.entries(writers)) {
    scenario(
      `${name}: for the owner alone under umask ${umask}`,
      async (scene) => {
        await writer.prepare?.(scene);
        const before = await modes(scene);
        await run(scene, writer, umask);
        const after = await modes(scene);
        const wrong: string[] = [];
        const left = new Set<string>();
        for (const [path, { mode, text }] of after) {
          if (before.get(path)?.text === text && !path.startsWith(".aws-login")) continue;
          if (before.get(path)?.text !== text || writer.leaves.includes(path)) left.add(withoutHash(path));
          const isFolder = (await lstat(join(scene.home, path))).isDirectory();
          if (mode !== (isFolder ? "700" : "600")) wrong.push(`${path} ${mode}`);
        }
        expect(wrong).toEqual([]);
        expect([...left].sort()).toEqual([...writer.leaves].sort());
      },
      { signInSettings: { autoApprove: true } },
    );
  }
}

for (const umask of ["0", "0777"]) {
  scenario(`a config file and its backup have the mode that it had, under umask ${umask}`, async (scene) => {
    const merge = writers["a new config file"];
    if (merge === undefined) throw new Error("there is no such writer");
    for (const mode of [0o600, 0o640, 0o644]) {
      await rm(join(scene.home, ".aws"), { recursive: true, force: true });
      await mkdir(join(scene.home, ".aws"), { mode: 0o700 });
      await scene.write("home/.aws/config", "[default]\nregion = eu-west-1\n", mode);
      await run(scene, merge, umask);
      const folder = join(scene.home, ".aws");
      const names = await readdir(folder);
      expect(names.length).toBe(2);
      const found = await Promise.all(
        names.map(async (path) => (await lstat(join(folder, path))).mode & 0o777),
      );
      expect(found).toEqual([mode, mode]);
    }
  });
}

/** Calls of the system that make something, with the mode they make it with. */
const making =
  /(?:openat\(AT_FDCWD, "([^"]+)", [A-Z_|]*O_CREAT[A-Z_|]*, (0\d+)|mkdir(?:at)?\((?:AT_FDCWD, )?"([^"]+)", (0\d+))/;

for (const [name, writer] of Object.entries(writers)) {
  const sentence = `${name}: no moment in which others could read it`;
  if (strace === undefined) {
    test.skip(`${sentence} (there is no strace)`, () => {});
    continue;
  }
  scenario(
    sentence,
    async (scene) => {
      await writer.prepare?.(scene);
      const calls = await run(scene, writer, "0", "openat,mkdir,mkdirat");
      const made = calls.flatMap((line) => {
        const [, file, fileMode, folder, folderMode] = making.exec(line) ?? [];
        const path = file ?? folder;
        if (path === undefined || !path.startsWith(scene.home)) return [];
        return [
          { path: relative(scene.home, path), isFolder: file === undefined, mode: fileMode ?? folderMode },
        ];
      });
      expect(made.length).toBeGreaterThan(1);
      expect(made.filter(({ isFolder, mode }) => mode !== (isFolder ? "0700" : "0600"))).toEqual([]);
      expect(made.some(({ path }) => /\.tmp$/.test(path))).toBe(true);
    },
    { only: "linux", signInSettings: { autoApprove: true } },
  );
}
