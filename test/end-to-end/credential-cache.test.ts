import { expect } from "bun:test";
import { mkdir, readdir, rename, rm, stat, symlink, truncate, utimes } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { fakeBrowser } from "./support/browser.ts";
import { answeredKey, entryFiles, setTimes } from "./support/cached-credentials.ts";
import { filesOf, watchSecrets } from "./support/canaries.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, openToOthers, operations, role, startUrl } from "./support/sign-ins.ts";

const { jump, relay, ring } = SAMPLE_ROLES;
const chain = ["--use-cache", "--assume-roles", `${jump},${relay}`];
const helper = ["dumpcreds", "--credential-helper"];
const both = ["AssumeRole", "AssumeRole"];

const actions = (scene: Scene) => scene.standIn.requests.map(({ action }) => action);

scenario("cached credentials are served to every command without a request", async (scene) => {
  const first = await scene.run([...helper, ...chain], ANA);
  expect([first.status, first.stderr]).toEqual([0, ""]);
  expect(await scene.run([...helper, ...chain], ANA)).toEqual(first);
  const { Version: _, ...members } = JSON.parse(first.stdout);
  expect(members.AccountId).toBe("222222222222");
  const json = await scene.run(["dumpcreds", "--outform", "json", ...chain], ANA);
  expect(JSON.parse(json.stdout)).toEqual(members);
  const child = await scene.run(["runas", ...chain, "--", "printenv", "AWS_ACCESS_KEY_ID"], ANA);
  expect(child.stdout).toBe(`${members.AccessKeyId}\n`);
  expect(actions(scene)).toEqual(both);
  const caller = await scene.run(["getcallerid", ...chain], ANA);
  expect(caller.stdout).toBe(callerOf(scene.standIn, relay));
  expect(actions(scene)).toEqual([...both, "GetCallerIdentity"]);
});

scenario("console knows the kind of cached credentials", async (scene) => {
  const browser = await fakeBrowser(scene);
  const args = ["console", "--duration", "3600", ...chain];
  for (const _ of [1, 2]) {
    const ended = await scene.run(args, { ...ANA, BROWSER: browser.command });
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
  }
  const [one, other] = scene.standIn.requests.filter(({ action }) => action === "getSigninToken");
  // A chained role's session takes no duration.
  expect(one?.form.SessionDuration).toBeUndefined();
  expect(other?.form.SessionDuration).toBeUndefined();
  expect(actions(scene).filter((action) => action === "AssumeRole")).toHaveLength(2);
});

scenario("only the entry holds a secret, and other users cannot read it", async (scene) => {
  const canaries = watchSecrets(scene.standIn);
  const { stderr } = await scene.run([...helper, ...chain, "--verbose"], ANA);
  const again = await scene.run([...helper, ...chain, "--verbose"], ANA);
  expect(canaries.foundIn(stderr + again.stderr)).toEqual([]);
  expect(again.stderr).toContain("cached since");
  const [entry, ...more] = await entryFiles(scene);
  expect(more).toEqual([]);
  const holders = [...(await filesOf(scene))].filter(([, text]) => canaries.foundIn(text).length > 0);
  expect(holders.map(([path]) => path)).toEqual([entry ?? ""]);
  // Of the chain only its end, and of the person's own key nothing but its id.
  const text = await Bun.file(entry ?? "").text();
  const inside = [...canaries.secrets()].filter(([, secret]) => text.includes(secret));
  expect(inside).toHaveLength(2);
  for (const [name] of inside) expect(name).toContain("Relay");
  expect(text).toContain(ANA.AWS_ACCESS_KEY_ID ?? "?");
  expect(await openToOthers(scene)).toEqual([]);
});

scenario("nothing is cached without --use-cache", async (scene) => {
  await scene.run([...helper, ...chain.slice(1)], ANA);
  expect(await filesOf(scene)).toEqual(new Map());
});

scenario("long-term keys are never written, from wherever they come", async (scene) => {
  const printed = JSON.stringify({
    Version: 1,
    AccessKeyId: SAMPLE_KEYS.ana.accessKeyId,
    SecretAccessKey: SAMPLE_KEYS.ana.secretAccessKey,
  });
  const program = await scene.write("bin/helper", `#!/bin/sh\necho '${printed}'\n`, 0o755);
  await scene.write("home/.aws/config", `[profile helped]\ncredential_process = ${program}\n`);
  await scene.write("home/.aws/credentials", `[mine]\n${keyLines(SAMPLE_KEYS.ana)}`);
  for (const [args, env] of [
    [["--profile", "helped"], {}],
    [["--profile", "mine"], {}],
    [[], ANA],
  ] as const) {
    const ended = await scene.run([...helper, "--use-cache", ...args], env);
    expect(ended).toEqual({ status: 0, stdout: `${printed}\n`, stderr: "" });
  }
  const own = [...(await filesOf(scene))].filter(([path]) => path.includes(".aws-login"));
  expect(own.filter(([, text]) => text.includes(SAMPLE_KEYS.ana.secretAccessKey))).toEqual([]);
});

scenario("a change of the profile is seen at once", async (scene) => {
  const profile = (roleArn: string) =>
    scene.write("home/.aws/config", `[profile p]\nrole_arn = ${roleArn}\nsource_profile = ana\n`);
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const args = [...helper, "--use-cache", "--profile", "p"];
  await profile(jump);
  const first = await scene.run(args);
  expect((await scene.run(args)).stdout).toBe(first.stdout);
  await profile(ring);
  const second = await scene.run(args);
  expect(second.stdout).not.toBe(first.stdout);
  expect((await scene.run(args)).stdout).toBe(second.stdout);
  expect(actions(scene)).toEqual(both);
  // The entry of the old profile is replaced, not left beside the new one.
  expect(await entryFiles(scene)).toHaveLength(1);
});

scenario("--refresh=on retrieves new credentials and caches them", async (scene) => {
  const args = [...helper, "--use-cache", "--assume-roles", jump];
  const first = await scene.run(args, ANA);
  const second = await scene.run([...args, "--refresh=on"], ANA);
  expect(second.stdout).not.toBe(first.stdout);
  expect((await scene.run(args, ANA)).stdout).toBe(second.stdout);
  expect(actions(scene)).toEqual(both);
});

scenario("a damaged or unreadable cache entry is replaced", async (scene) => {
  const args = [...helper, "--use-cache", "--assume-roles", jump];
  await scene.run(args, ANA);
  const [path = ""] = await entryFiles(scene);
  const ways = [
    async () => truncate(path, (await stat(path)).size - 1),
    () => truncate(path, 0),
    () => Bun.write(path, "something else\n").then(() => {}),
    () => rm(path),
  ];
  for (const damage of ways) {
    await damage();
    const ended = await scene.run(args, ANA);
    expect([ended.status, ended.stderr]).toEqual([0, ""]);
    expect((await scene.run(args, ANA)).stdout).toBe(ended.stdout);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  }
  expect(actions(scene)).toHaveLength(1 + ways.length);
});

scenario(
  "credentials close to their expiration are renewed; when they cannot be, they are served until they expire",
  async (scene) => {
    const args = [...helper, "--use-cache", "--assume-roles", jump];
    const first = answeredKey(await scene.run(args, ANA));
    await setTimes(scene, { acquired: -3000, expires: 600 });
    scene.standIn.fault({ effect: { kind: "status", status: 400, body: "empty" }, times: 9 });
    expect(answeredKey(await scene.run(args, ANA))).toBe(first);
    expect(actions(scene)).toHaveLength(2);
    // Nor is that tried again by every process.
    expect(answeredKey(await scene.run(args, ANA))).toBe(first);
    expect((await scene.run(["dumpcreds", ...args.slice(2)], ANA)).status).toBe(0);
    expect(actions(scene)).toHaveLength(2);
    scene.standIn.reset();
    await setTimes(scene, { acquired: -3000, expires: 600 });
    const renewed = answeredKey(await scene.run(args, ANA));
    expect(renewed).not.toBe(first);
    expect(answeredKey(await scene.run(args, ANA))).toBe(renewed);
    expect(actions(scene)).toHaveLength(1);
  },
);

scenario("expired credentials are not served", async (scene) => {
  const args = [...helper, "--use-cache", "--assume-roles", jump];
  await scene.run(args, ANA);
  await setTimes(scene, { acquired: -3600, expires: -1 });
  scene.standIn.fault({ effect: { kind: "status", status: 400, body: "empty" } });
  const ended = await scene.run(args, ANA);
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
});

scenario("the role of an instance is asked for each time, the role after it is not", async (scene) => {
  const args = [...helper, "--use-cache"];
  for (const _ of [1, 2]) expect((await scene.run(args, scene.metadata)).status).toBe(0);
  expect(await entryFiles(scene)).toEqual([]);
  scene.standIn.reset();
  for (const _ of [1, 2]) {
    const ended = await scene.run([...args, "--assume-roles", jump], scene.metadata);
    expect([ended.status, ended.stderr]).toEqual([0, ""]);
  }
  expect(actions(scene).filter((action) => action === "AssumeRole")).toHaveLength(1);
});

scenario(
  "a role of Identity Center is served without the portal, until one signs out",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    const args = [
      ...helper,
      "--use-cache",
      "--start-url",
      startUrl,
      ...role,
      "--sign-in=auto",
      "--no-browser",
    ];
    const first = await scene.run(args);
    expect(first.status).toBe(0);
    const asked = operations(scene).length;
    for (const same of [args, [...helper, "--use-cache", ...role], [...helper, "--use-cache", ...role]])
      expect((await scene.run(same)).status).toBe(0);
    // The second names no portal, and is another request.
    expect(operations(scene).slice(asked)).toEqual(["GetRoleCredentials 200"]);
    expect(await entryFiles(scene)).toHaveLength(2);
    expect((await scene.run(["logout", "--start-url", startUrl])).status).toBe(0);
    expect(await entryFiles(scene)).toEqual([]);
    expect((await scene.run([...helper, "--use-cache", "--start-url", startUrl, ...role])).status).toBe(4);
  },
  { signInSettings: { autoApprove: true } },
);

scenario("where no file can be written, every run retrieves credentials and warns", async (scene) => {
  const folder = await scene.write("home/.aws-login", "a file where the folder should be");
  const args = [...helper, "--use-cache", "--assume-roles", jump];
  for (const _ of [1, 2]) {
    const ended = await scene.run(args, ANA);
    const why = `cannot use the folder ${folder}: there is a file where a folder must be`;
    expect([ended.status, ended.stderr]).toEqual([
      0,
      `aws-login: warning: the credentials are not cached: ${why}\n`,
    ]);
  }
  expect(actions(scene)).toEqual(both);
});

scenario("two config files of equal size and time have different cache entries", async (scene) => {
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const path = join(scene.home, ".aws/config");
  const text = (name: string) =>
    `[profile p]\nrole_arn = ${jump}\nrole_session_name = ${name}\nsource_profile = ana\n`;
  const one = await scene.write("one", text("one"));
  const two = await scene.write("two", text("two"));
  for (const file of [one, two]) await utimes(file, 1_700_000_000, 1_700_000_000);
  const args = [...helper, "--use-cache", "--profile", "p"];
  await symlink(one, path);
  expect((await scene.run(args)).status).toBe(0);
  await rm(path);
  await symlink(two, path);
  expect((await scene.run(args)).status).toBe(0);
  await rm(path);
  await rename(one, path);
  expect((await scene.run(args)).status).toBe(0);
  await rename(two, path);
  expect((await scene.run(args)).status).toBe(0);
  const sessions = scene.standIn.requests.map(({ form }) => form.RoleSessionName);
  expect(sessions).toEqual(["one", "two", "one", "two"]);
});

scenario("credentials of a credential_process are not cached: it runs each time", async (scene) => {
  const says = join(scene.root, "says");
  const print = (keys: typeof SAMPLE_KEYS.ana) =>
    Bun.write(
      says,
      JSON.stringify({
        Version: 1,
        AccessKeyId: keys.accessKeyId,
        SecretAccessKey: keys.secretAccessKey,
        SessionToken: "made-up",
        Expiration: "9999-12-31T23:59:59Z",
      }),
    );
  await scene.write("home/.aws/config", `[profile helped]\ncredential_process = cat ${says}\n`);
  for (const keys of [SAMPLE_KEYS.ana, SAMPLE_KEYS.mei]) {
    await print(keys);
    const { stdout } = await scene.run([...helper, "--use-cache", "--profile", "helped"]);
    expect(JSON.parse(stdout).AccessKeyId).toBe(keys.accessKeyId);
  }
  expect(await entryFiles(scene)).toEqual([]);
});

scenario("a folder where the config file should be is an error of the program's own", async (scene) => {
  const folder = join(scene.root, "folder");
  await mkdir(folder);
  await utimes(folder, 1, 1);
  const ended = await scene.run([...helper, ...chain], { ...ANA, AWS_CONFIG_FILE: folder });
  expect([ended.status, ended.stdout]).toEqual([1, ""]);
  expect(ended.stderr).toStartWith(`aws-login: error: cannot read the config file ${folder}: `);
});

scenario("expired entries are deleted in time", async (scene) => {
  const args = [...helper, "--use-cache", "--assume-roles", jump];
  await scene.run([...args, "--role-session-name", "one"], ANA);
  const [path = ""] = await entryFiles(scene);
  await setTimes(scene, { acquired: -9000, expires: -5400 });
  await scene.run(["runas", "-c", `touch -d '2 hours ago' ${path}`], ANA);
  await scene.run([...args, "--role-session-name", "two"], ANA);
  expect(await entryFiles(scene)).toHaveLength(1);
  expect(await entryFiles(scene)).not.toContain(path);
  expect(await readdir(join(scene.home, ".aws-login/locks"))).toHaveLength(1);
});
