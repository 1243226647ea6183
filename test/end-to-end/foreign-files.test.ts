/**
 * What others may have put where the program keeps its files: in place of the folder, in it, and in place of files that
 * it reads elsewhere.
 */
import { describe, expect, test } from "bun:test";
import { chmod, chown, mkdir, readdir, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { answeredKey, entryFiles } from "./support/kept-credentials.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, role, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

const helper = ["dumpcreds", "--credential-helper"];
const kept = [...helper, "--use-cache", "--assume-roles", SAMPLE_ROLES.jump];
const somebody = 12345;
const isRoot = process.getuid?.() === 0;

/** Only root can give a file to another user; elsewhere the scenario is left out by name. */
function asRoot(name: string, play: (scene: Scene) => Promise<void>): void {
  if (isRoot) scenario(name, play);
  else test.skip(`${name} (root alone can prepare it)`, () => {});
}

const ownFolder = (scene: Scene) => join(scene.home, ".aws-login");
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** The credentials are had all the same, and the person is told why they are not kept. */
async function expectRefusal(scene: Scene, why: string, env = {}): Promise<void> {
  const folder = ownFolder(scene);
  const keys = new Set<string>();
  for (let time = 0; time < 2; time++) {
    const { status, stdout, stderr } = await scene.run(kept, { ...ANA, ...env });
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `aws-login: warning: the credentials are not kept: cannot use the folder ${folder}: ${why}\n`,
    });
    keys.add(JSON.parse(stdout).AccessKeyId);
  }
  expect(keys.size).toBe(2);
}

scenario(
  "a folder of credentials that is a symbolic link is not used, and nothing is put there",
  async (scene) => {
    const elsewhere = join(scene.root, "elsewhere");
    await mkdir(elsewhere, { mode: 0o755 });
    await symlink(elsewhere, ownFolder(scene));
    await expectRefusal(scene, "it is a symbolic link");
    expect([await readdir(elsewhere), await modeOf(elsewhere)]).toEqual([[], "755"]);
  },
);

scenario(
  "a folder that is a symbolic link is an error for a sign-in, with the setting that helps",
  async (scene) => {
    await symlink(scene.work, ownFolder(scene));
    const ended = await scene.run([...helper, "--start-url", startUrl, "--use-cache", ...role]);
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: `aws-login: error: cannot use the folder ${ownFolder(scene)}: it is a symbolic link\naws-login: hint: set AWS_LOGIN_HOME to a folder that you may write to\n`,
    });
    expect(await readdir(scene.work)).toEqual([]);
  },
);

asRoot("another user's folder is not used, though its mode is right", async (scene) => {
  await mkdir(ownFolder(scene), { mode: 0o700 });
  await chown(ownFolder(scene), somebody, somebody);
  await expectRefusal(scene, "it belongs to another user (12345, you are 0)");
  expect(await readdir(ownFolder(scene))).toEqual([]);
});

asRoot(
  "kept credentials that another user made elsewhere than in the home directory are not served",
  async (scene) => {
    const shared = join(scene.root, "shared");
    const env = { ...ANA, AWS_LOGIN_HOME: shared };
    const mine = answeredKey(await scene.run(kept, env));
    expect(answeredKey(await scene.run(kept, env))).toBe(mine);
    await chown(shared, somebody, somebody);
    await chmod(shared, 0o755);
    const { status, stdout, stderr } = await scene.run(kept, env);
    expect(status).toBe(0);
    expect(stderr).toContain(
      `cannot use the folder ${shared}: it belongs to another user (12345, you are 0)`,
    );
    expect(JSON.parse(stdout).AccessKeyId).not.toBe(mine);
  },
);

asRoot("a folder that others could write to, with something of theirs in it, is not used", async (scene) => {
  const planted = await scene.write("home/.aws-login/credentials/1-1", "planted", 0o666);
  await chown(planted, somebody, somebody);
  await chmod(ownFolder(scene), 0o777);
  await expectRefusal(
    scene,
    `others may write to it, and ${planted} is not yours: it belongs to another user (12345, you are 0)`,
  );
});

scenario("a folder that others could read or write to is theirs no longer", async (scene) => {
  for (const mode of [0o755, 0o775, 0o777]) {
    await rm(ownFolder(scene), { recursive: true, force: true });
    await mkdir(ownFolder(scene));
    await chmod(ownFolder(scene), mode);
    expect((await scene.run(kept, ANA)).stderr).toBe("");
    expect(await modeOf(ownFolder(scene))).toBe("700");
  }
});

/** What may stand in the place of a file; each makes it at the path where a true one is. */
const disguises: Record<
  string,
  { readonly put: (path: string) => Promise<unknown>; readonly rootOnly?: true }
> = {
  "a symbolic link to it": {
    put: async (path) => {
      await rename(path, `${path}.true`);
      await symlink(`${path}.true`, path);
    },
  },
  "a pipe": {
    put: async (path) => {
      await rm(path);
      await Bun.$`mkfifo ${path}`.quiet();
    },
  },
  "a folder": {
    put: async (path) => {
      await rm(path);
      await mkdir(path);
    },
  },
  "another user's file": { put: (path) => chown(path, somebody, somebody), rootOnly: true },
};

const reasons: Record<string, string> = {
  "a symbolic link to it": "it is a symbolic link",
  "a pipe": "it is no plain file",
  "a folder": "it is no plain file",
  "another user's file": "it belongs to another user (12345, you are 0)",
};

const portal = [...helper, "--start-url", startUrl, "--use-cache", "--sign-in", "never", ...role];
const imported = ["importcache", "--accesstoken-cache"];

/** A sign-in in the own cache; answers the path of its token. */
async function signedIn(scene: Scene): Promise<string> {
  const file = await scene.write("token.json", tokenFile(scene.standIn.signIn(), 3600));
  expect((await scene.run([...imported, file])).status).toBe(0);
  const folder = join(ownFolder(scene), "tokens");
  const [name = "", ...more] = await readdir(folder);
  expect(more).toEqual([]);
  return join(folder, name);
}

describe("the own files", () => {
  for (const [name, { put, rootOnly }] of Object.entries(disguises)) {
    const check = rootOnly ? asRoot : scenario;
    const why = reasons[name] ?? "?";

    check(`${name} in the place of a stored sign-in is refused by name`, async (scene) => {
      const token = await signedIn(scene);
      await put(token);
      const ended = await scene.run(portal);
      expect(ended).toEqual({
        status: 1,
        stdout: "",
        stderr: `aws-login: error: cannot read ${token}: ${why}\naws-login: hint: remove it, and sign in again if need be\n`,
      });
      expect(operations(scene)).toEqual([]);
    });

    check(`${name} in the place of the list of portals is refused by name`, async (scene) => {
      await signedIn(scene);
      const list = join(ownFolder(scene), "portals.json");
      await put(list);
      const ended = await scene.run([...helper, "--use-cache", "--sign-in", "never", ...role]);
      expect([ended.status, ended.stdout]).toEqual([1, ""]);
      expect(ended.stderr).toStartWith(`aws-login: error: cannot read ${list}: ${why}\n`);
    });

    check(`${name} in the place of a lock holds up nobody and is left alone`, async (scene) => {
      await scene.run(kept, ANA);
      const folder = join(ownFolder(scene), "locks");
      const [lock = ""] = await readdir(folder);
      await put(join(folder, lock));
      const before = await readdir(folder);
      const ended = await scene.run([...kept, "--refresh", "on", "--verbose"], ANA);
      expect(ended.status).toBe(0);
      expect(ended.stderr).toContain(`no lock can be had at ${join(folder, lock)}: `);
      expect(await readdir(folder)).toEqual(before);
    });
  }

  for (const name of ["a symbolic link to it", "a pipe", "a folder"]) {
    scenario(
      `${name} in the place of kept credentials is no answer that was never kept, and no delay`,
      async (scene) => {
        const first = answeredKey(await scene.run(kept, ANA));
        const [entry = ""] = await entryFiles(scene);
        await disguises[name]?.put(entry);
        const ended = await scene.run(kept, ANA);
        expect(ended.status).toBe(0);
        // The folder is this user's alone, so that a link in it is too.
        expect(JSON.parse(ended.stdout).AccessKeyId === first).toBe(name === "a symbolic link to it");
        expect((await scene.run([...kept, "--refresh", "on"], ANA)).status).toBe(0);
        // What is written takes the place of a link or a pipe, and never goes where a link leads.
        if (name === "a symbolic link to it") {
          expect(await Bun.file(`${entry}.true`).text()).toContain(first);
          expect(await Bun.file(entry).text()).not.toContain(first);
        }
      },
    );
  }
});

scenario("a lock that is a link to a file leaves that file whole", async (scene) => {
  await scene.run(kept, ANA);
  const folder = join(ownFolder(scene), "locks");
  const precious = await scene.write("work/precious.txt", "no database at all\n".repeat(99));
  for (const name of await readdir(folder)) {
    await rm(join(folder, name));
    await symlink(precious, join(folder, name));
  }
  expect((await scene.run([...kept, "--refresh", "on"], ANA)).status).toBe(0);
  expect((await stat(precious)).size).toBe(19 * 99);
});

scenario("people may keep ~/.aws elsewhere, with a link in its place", async (scene) => {
  await mkdir(join(scene.root, "dotfiles"));
  await symlink(join(scene.root, "dotfiles"), join(scene.home, ".aws"));
  await scene.write("home/.aws/config", config);
  const token = await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
  const before = await stat(token);
  expect((await scene.run([...helper, "--profile", "s"])).status).toBe(0);
  expect((await stat(token)).ino).not.toBe(before.ino);
});

asRoot("a sign-in of the AWS CLI may be another user's: containers have them mounted", async (scene) => {
  await scene.write("home/.aws/config", config);
  const token = await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
  await chown(token, somebody, somebody);
  expect((await scene.run([...helper, "--profile", "s"])).status).toBe(0);
});

/** Every file that the program reads, with the run that reads it. PIPE stands for the pipe in its place. */
const readers: Record<
  string,
  { readonly args: readonly string[]; readonly env?: Record<string, string>; readonly at?: string }
> = {
  "the config file": { args: ["getcallerid"], at: "home/.aws/config" },
  "the credentials file": { args: ["getcallerid"], at: "home/.aws/credentials" },
  "the certificates": { args: ["getcallerid"], env: { ...ANA, AWS_CA_BUNDLE: "PIPE" } },
  "a list of roles": { args: ["getcallerid", "--assume-roles", "file://PIPE"], env: ANA },
  "a token file": { args: [...helper, "--accesstoken-cache", "PIPE", ...role] },
  "a token file to import": { args: [...imported, "PIPE"] },
  "a web identity token": {
    args: ["getcallerid"],
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: "PIPE", AWS_ROLE_ARN: SAMPLE_ROLES.jump },
  },
  "a container's token": {
    args: ["getcallerid"],
    env: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/x",
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "PIPE",
      AWS_MAX_ATTEMPTS: "1",
    },
  },
  "a sign-in of the AWS CLI": { args: [...helper, "--profile", "s"], at: sessionToken },
  "a config file to write": {
    args: ["dumpconfig", "--write", "--sso-access-token", "x", "--start-url", startUrl],
    at: "home/.aws/config",
  },
  "the token of the Python tool": { args: portal, at: "home/.aws-login/aws-accesstoken-cache.json" },
};

for (const [name, { args, env = {}, at = "pipe" }] of Object.entries(readers)) {
  scenario(
    `a pipe that nobody writes to in the place of ${name} does not hold up the program for ever`,
    async (scene) => {
      if (name === "a sign-in of the AWS CLI") await scene.write("home/.aws/config", config);
      const pipe = await scene.write(at, "");
      await disguises["a pipe"]?.put(pipe);
      const place = (text: string) => text.replaceAll("PIPE", pipe);
      const placed = Object.entries(env).map(([variable, value]) => [variable, place(value)] as const);
      const ended = await scene.run(args.map(place), Object.fromEntries(placed));
      expect([ended.status, ended.stdout]).toEqual([1, ""]);
      expect(ended.stderr).toContain("aws-login: error: ");
      expect(ended.stderr).toContain(pipe);
      expect(ended.stderr).toMatch(/nobody wrote to it within 10 s|it is no plain file/);
      expect((await stat(pipe)).isFIFO()).toBe(true);
    },
    { waits: true },
  );
}

scenario("files come through a pipe from the shell", async (scene) => {
  const lines = keyLines({
    accessKeyId: ANA.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: ANA.AWS_SECRET_ACCESS_KEY ?? "",
  });
  await writeFile(join(scene.root, "keys"), `[default]\n${lines}`);
  const line = `AWS_SHARED_CREDENTIALS_FILE=<(cat ${scene.root}/keys) aws-login getcallerid --assume-roles <(echo ${SAMPLE_ROLES.jump})`;
  const ended = await scene.bash(line.replace("<(echo", "file://<(echo"));
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, SAMPLE_ROLES.jump), stderr: "" });
});
