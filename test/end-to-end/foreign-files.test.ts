/**
 * What others may have put where the program keeps its files: in place of the folder, in it, and in place of files that
 * it reads elsewhere.
 */
import { describe, expect, test } from "bun:test";
import { chmod, chown, mkdir, readdir, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { answeredKey, entryFiles } from "./support/cached-credentials.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, role, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

const helper = ["dumpcreds", "--credential-helper"];
const cached = [...helper, "--use-cache", "--assume-roles", SAMPLE_ROLES.jump];
const otherUser = 12345;
const isRoot = process.getuid?.() === 0;

/** Only root can give a file to another user; elsewhere the scenario is left out by name. */
function asRoot(name: string, play: (scene: Scene) => Promise<void>): void {
  if (isRoot) scenario(name, play);
  else test.skip(`${name} (root alone can prepare it)`, () => {});
}

const ownFolder = (scene: Scene) => join(scene.home, ".aws-login");
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** The run succeeds and warns that the credentials are not cached. */
async function expectRefusal(scene: Scene, why: string, env = {}): Promise<void> {
  const folder = ownFolder(scene);
  const keys = new Set<string>();
  for (let time = 0; time < 2; time++) {
    const { status, stdout, stderr } = await scene.run(cached, { ...ANA, ...env });
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `aws-login: warning: the credentials are not cached: cannot use the folder ${folder}: ${why}\n`,
    });
    keys.add(JSON.parse(stdout).AccessKeyId);
  }
  expect(keys.size).toBe(2);
}

scenario(
  "a folder of credentials that is a symbolic link is not used, and no file is written there",
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
      stderr: `aws-login: error: cannot use the folder ${ownFolder(scene)}: it is a symbolic link\naws-login: hint: set AWS_LOGIN_HOME to a folder that you may write to, and that holds nothing else\n`,
    });
    expect(await readdir(scene.work)).toEqual([]);
  },
);

asRoot("another user's folder is not used, though its mode is right", async (scene) => {
  await mkdir(ownFolder(scene), { mode: 0o700 });
  await chown(ownFolder(scene), otherUser, otherUser);
  await expectRefusal(scene, "it belongs to another user (12345, you are 0)");
  expect(await readdir(ownFolder(scene))).toEqual([]);
});

asRoot("cached credentials of another user outside of the home directory are not served", async (scene) => {
  const shared = join(scene.root, "shared");
  const env = { ...ANA, AWS_LOGIN_HOME: shared };
  const mine = answeredKey(await scene.run(cached, env));
  expect(answeredKey(await scene.run(cached, env))).toBe(mine);
  await chown(shared, otherUser, otherUser);
  await chmod(shared, 0o755);
  const { status, stdout, stderr } = await scene.run(cached, env);
  expect(status).toBe(0);
  expect(stderr).toContain(`cannot use the folder ${shared}: it belongs to another user (12345, you are 0)`);
  expect(JSON.parse(stdout).AccessKeyId).not.toBe(mine);
});

/** States of a folder that AWS_LOGIN_HOME names. `closed`: other users cannot enter it, which the longer check finds. */
const elsewhere: Record<
  string,
  {
    readonly spoil: (scene: Scene, folder: string, entry: string) => Promise<unknown>;
    readonly closed?: true;
  }
> = {
  "in a folder that others may write to": { spoil: (_, folder) => chmod(folder, 0o777), closed: true },
  "below a folder that the group may write to": {
    spoil: (_, folder) => chmod(join(folder, "credentials"), 0o770),
    closed: true,
  },
  "in a file that others may write to": { spoil: (_, __, entry) => chmod(entry, 0o666) },
  "by a symbolic link in the place of the folder": {
    spoil: async (scene, folder) => {
      await rename(folder, join(scene.root, "moved"));
      await symlink(join(scene.root, "moved"), folder);
    },
  },
  "by a symbolic link in the place of the file": {
    spoil: async (scene, _, entry) => {
      await rename(entry, join(scene.root, "moved"));
      await symlink(join(scene.root, "moved"), entry);
    },
  },
};

describe("cached credentials in another folder than the default one", () => {
  for (const [name, { spoil, closed }] of Object.entries(elsewhere)) {
    scenario(`${name} are not served before a longer look`, async (scene) => {
      // Also where the words of the path begin with the home directory.
      for (const place of [join(scene.root, "one"), `${scene.home}/../two`, join(scene.home, "three")]) {
        const env = { ...ANA, AWS_LOGIN_HOME: place };
        const mine = answeredKey(await scene.run(cached, env));
        expect(answeredKey(await scene.run(cached, env))).toBe(mine);
        const [entry = "", ...more] = await readdir(join(place, "credentials"));
        expect(more).toEqual([]);
        await spoil(scene, place, join(place, "credentials", entry));
        // Nothing can be had anew.
        const ended = await scene.run(cached, {
          ...env,
          AWS_MAX_ATTEMPTS: "1",
          HTTPS_PROXY: "http://127.0.0.1:9",
        });
        if (closed) {
          expect([ended.status, ended.stderr, await modeOf(place)]).toEqual([0, "", "700"]);
        } else {
          expect([ended.status, ended.stdout]).toEqual([1, ""]);
        }
        await rm(join(scene.root, "moved"), { recursive: true, force: true });
      }
    });
  }

  asRoot("of another user are not served where / is the home directory", async (scene) => {
    const env = { ...ANA, AWS_LOGIN_HOME: join(scene.root, "shared"), HOME: "/" };
    const mine = answeredKey(await scene.run(cached, env));
    expect(answeredKey(await scene.run(cached, env))).toBe(mine);
    await chown(join(scene.root, "shared"), otherUser, otherUser);
    const { stdout, stderr } = await scene.run(cached, env);
    expect(stderr).toContain("it belongs to another user (12345, you are 0)");
    expect(JSON.parse(stdout).AccessKeyId).not.toBe(mine);
  });
});

scenario("a relative AWS_LOGIN_HOME is refused, and ~ is the home directory", async (scene) => {
  for (const AWS_LOGIN_HOME of ["here", "./here", "~other/here"]) {
    const ended = await scene.run(cached, { ...ANA, AWS_LOGIN_HOME });
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: `aws-login: error: cannot use AWS_LOGIN_HOME: ${AWS_LOGIN_HOME} is not an absolute path\naws-login: hint: write it from the root on, or from ~ on: AWS_LOGIN_HOME=~/FOLDER\n`,
    });
  }
  expect((await scene.run(cached, { ...ANA, AWS_LOGIN_HOME: "~/here" })).status).toBe(0);
  expect([await readdir(scene.work), await readdir(join(scene.home, "here"))]).toEqual([
    [],
    expect.arrayContaining(["credentials"]),
  ]);
});

const notOurs: Record<string, { readonly mode: number; readonly holds?: string; readonly why: string }> = {
  "that others share": { mode: 0o1777, why: "it is meant for several users (its sticky bit is set)" },
  "of something else": {
    mode: 0o2755,
    holds: "lib",
    why: "others may look into it, and FOLDER/lib is not aws-login's (if all of it is for you alone: chmod 700)",
  },
};
for (const [name, { mode, holds, why }] of Object.entries(notOurs)) {
  scenario(`a folder ${name} is not used, is named, and keeps every bit of its mode`, async (scene) => {
    const folder = join(scene.root, "shared");
    await mkdir(folder);
    if (holds !== undefined) await mkdir(join(folder, holds));
    await chmod(folder, mode);
    const env = { AWS_LOGIN_HOME: folder };
    const reason = `cannot use the folder ${folder}: ${why.replace("FOLDER", folder)}\n`;
    const keeping = await scene.run(cached, { ...ANA, ...env });
    expect(keeping.status).toBe(0);
    expect(keeping.stderr).toBe(`aws-login: warning: the credentials are not cached: ${reason}`);
    for (const args of [
      ["logout"],
      [...imported, await scene.write("t.json", tokenFile(scene.standIn.signIn(), 3600))],
    ]) {
      const ended = await scene.run(args, env);
      expect([ended.status, ended.stdout]).toEqual([1, ""]);
      expect(ended.stderr).toStartWith(`aws-login: error: ${reason}aws-login: hint: set AWS_LOGIN_HOME to `);
    }
    expect(await readdir(folder)).toEqual(holds === undefined ? [] : [holds]);
    expect(((await stat(folder)).mode & 0o7777).toString(8)).toBe(mode.toString(8));
  });
}

scenario("signing out stores nothing: it makes no folder, and closes none to others", async (scene) => {
  expect((await scene.run(["logout"])).status).toBe(0);
  expect(await readdir(scene.home)).toEqual([]);
  await signedIn(scene);
  await chmod(ownFolder(scene), 0o755);
  expect((await scene.run(["logout"])).stderr).toContain("signed out of ");
  expect(await modeOf(ownFolder(scene))).toBe("755");
  expect(await readdir(join(ownFolder(scene), "tokens"))).toEqual([]);
});

asRoot(
  "a folder that others could write to, with a file of another user in it, is not used",
  async (scene) => {
    const planted = await scene.write("home/.aws-login/credentials/1-1", "planted", 0o666);
    await chown(planted, otherUser, otherUser);
    await chmod(ownFolder(scene), 0o777);
    await expectRefusal(
      scene,
      `others may write to it, and ${planted} is not yours: it belongs to another user (12345, you are 0)`,
    );
  },
);

scenario("a folder that others could read or write to is closed to them", async (scene) => {
  for (const mode of [0o755, 0o775, 0o777]) {
    await rm(ownFolder(scene), { recursive: true, force: true });
    await mkdir(ownFolder(scene));
    await chmod(ownFolder(scene), mode);
    expect((await scene.run(cached, ANA)).stderr).toBe("");
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
  "a file that others may write to": { put: (path) => chmod(path, 0o666) },
  "another user's file": { put: (path) => chown(path, otherUser, otherUser), rootOnly: true },
};

const reasons: Record<string, string> = {
  "a symbolic link to it": "it is a symbolic link",
  "a pipe": "it is not a regular file",
  "a folder": "it is not a regular file",
  "a file that others may write to": "others may write to it, and may have (if they have not: chmod go-w)",
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

    // Nothing is read from a lock: its rights are taken back, and that is all.
    if (name === "a file that others may write to") continue;

    check(`${name} in the place of a lock delays no run and is left alone`, async (scene) => {
      await scene.run(cached, ANA);
      const folder = join(ownFolder(scene), "locks");
      const [lock = ""] = await readdir(folder);
      await put(join(folder, lock));
      const before = await readdir(folder);
      const ended = await scene.run([...cached, "--refresh", "on", "--verbose"], ANA);
      expect(ended.status).toBe(0);
      expect(ended.stderr).toContain(`cannot take the lock ${join(folder, lock)}: `);
      expect(await readdir(folder)).toEqual(before);
    });
  }

  for (const name of ["a symbolic link to it", "a pipe", "a folder"]) {
    scenario(`${name} in the place of a cache entry is not served and causes no delay`, async (scene) => {
      const first = answeredKey(await scene.run(cached, ANA));
      const [entry = ""] = await entryFiles(scene);
      await disguises[name]?.put(entry);
      const ended = await scene.run(cached, ANA);
      expect(ended.status).toBe(0);
      // The folder is this user's alone, so that a link in it is too.
      expect(JSON.parse(ended.stdout).AccessKeyId === first).toBe(name === "a symbolic link to it");
      expect((await scene.run([...cached, "--refresh", "on"], ANA)).status).toBe(0);
      // What is written takes the place of a link or a pipe, and never goes where a link leads.
      if (name === "a symbolic link to it") {
        expect(await Bun.file(`${entry}.true`).text()).toContain(first);
        expect(await Bun.file(entry).text()).not.toContain(first);
      }
    });
  }
});

scenario("a token of the Python tool in a folder that others could write to is refused", async (scene) => {
  const left = await scene.write(
    "home/.aws-login/aws-accesstoken-cache.json",
    tokenFile(scene.standIn.signIn(), 3600),
    0o666,
  );
  await chmod(ownFolder(scene), 0o777);
  for (let time = 0; time < 2; time++) {
    const ended = await scene.run([...helper, "--use-cache", "--sign-in", "never", ...role]);
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: `aws-login: error: cannot read ${left}: ${reasons["a file that others may write to"]}\naws-login: hint: remove it, and sign in again if need be\n`,
    });
    await chmod(ownFolder(scene), 0o700);
  }
  expect(operations(scene)).toEqual([]);
  await chmod(left, 0o644);
  expect((await scene.run([...helper, "--use-cache", "--sign-in", "never", ...role])).status).toBe(0);
});

scenario(
  "cached credentials in a file that others may write to are retrieved anew where a run checks the mode",
  async (scene) => {
    const first = answeredKey(await scene.run(cached, ANA));
    const [entry = ""] = await entryFiles(scene);
    await chmod(entry, 0o666);
    const ended = await scene.run([...cached, "--verbose"], ANA);
    expect(ended.stderr).toContain(
      `aws-login: warning: the cached credentials are ignored: cannot read ${entry}: others may write to it`,
    );
    expect([ended.status, JSON.parse(ended.stdout).AccessKeyId === first, await modeOf(entry)]).toEqual([
      0,
      false,
      "600",
    ]);
  },
);

scenario("a lock that is a link to a file leaves that file whole", async (scene) => {
  await scene.run(cached, ANA);
  const folder = join(ownFolder(scene), "locks");
  const precious = await scene.write("work/precious.txt", "no database at all\n".repeat(99));
  for (const name of await readdir(folder)) {
    await rm(join(folder, name));
    await symlink(precious, join(folder, name));
  }
  expect((await scene.run([...cached, "--refresh", "on"], ANA)).status).toBe(0);
  expect((await stat(precious)).size).toBe(19 * 99);
});

scenario("~/.aws may be a symbolic link to another folder", async (scene) => {
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
  await chown(token, otherUser, otherUser);
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
    `a pipe that no program writes to in the place of ${name} is refused within seconds`,
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
      expect(ended.stderr).toMatch(/no program opened it for writing within 1 s|it is not a regular file/);
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
