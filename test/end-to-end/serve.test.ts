import { expect } from "bun:test";
import { readdir, readlink } from "node:fs/promises";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { endpointProcesses, untilNoEndpoint } from "./support/endpoints.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { commandLines } from "./support/processes.ts";
import { start } from "./support/run.ts";
import { scenario } from "./support/scene.ts";
import { ask, bodyOf, serve, withServed } from "./support/served.ts";
import { textOfFile, until } from "./support/until.ts";

const jump = ["--assume-roles", SAMPLE_ROLES.jump];

scenario("serve in the foreground serves programs started elsewhere until Ctrl-C", async (scene) => {
  const served = await serve(scene, [...jump, "--region", "eu-west-1"], ANA);
  expect(served.variables).toMatchObject({
    AWS_ACCESS_KEY_ID: null,
    AWS_PROFILE: null,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: null,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
  });
  const elsewhere = await scene.run(["getcallerid"], { ...ANA, ...withServed(served) });
  expect(elsewhere).toEqual({ status: 0, stdout: callerOf(scene.standIn, SAMPLE_ROLES.jump), stderr: "" });
  served.kill("SIGINT");
  const { status, stdout, stderr } = await served.ended;
  expect([status, stdout]).toEqual([130, ""]);
  expect(stderr).toMatch(
    /^aws-login: serving the credentials of 111111111111\/Jump, which end at 20\S+Z and are renewed before; Ctrl-C ends it\n$/,
  );
});

scenario("serve ends with SIGTERM as shells tell it, and its port is free again", async (scene) => {
  const served = await serve(scene, jump, ANA);
  served.kill("SIGTERM");
  expect((await served.ended).status).toBe(143);
  const again = await serve(scene, [...jump, "--port", `${served.port}`], ANA);
  expect(again.port).toBe(served.port);
  const taken = await scene.run(["serve", ...jump, "--port", `${served.port}`], ANA);
  expect(taken).toEqual({
    status: 1,
    stdout: "",
    stderr: `aws-login: error: cannot listen on 127.0.0.1:${served.port}: another program listens there
aws-login: hint: choose another port with --port, or leave it out for a free one
`,
  });
  again.kill("SIGTERM");
  await again.ended;
});

scenario("the reader of what serve prints gets its end while serve goes on", async (scene) => {
  const line = `exec 3< <(exec aws-login serve ${jump.join(" ")}; )
    pid=$!; eval "$(cat <&3)"; aws-login getcallerid; kill $pid; wait $pid 2>/dev/null; echo $?`;
  const { stdout } = await scene.bash(line, ANA);
  expect(stdout).toBe(`${callerOf(scene.standIn, SAMPLE_ROLES.jump)}143\n`);
});

scenario(
  "nohup keeps serve from ending with the terminal",
  async (scene) => {
    const line = `nohup aws-login serve ${jump.join(" ")} > out 2> err & pid=$!
    until [ -s out ] && grep -q serving err; do sleep 0.02; done
    kill -HUP $pid; sleep 0.2; . ./out; aws-login getcallerid; kill $pid; wait $pid; echo $?`;
    const { stdout } = await scene.bash(line, ANA);
    expect(stdout).toBe(`${callerOf(scene.standIn, SAMPLE_ROLES.jump)}143\n`);
  },
  { only: "linux" },
);

scenario("keys of the default profile do not win over what serve serves", async (scene) => {
  await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const served = await serve(scene, [...jump, "--verbose"]);
  const { AWS_PROFILE, AWS_CONFIG_FILE } = served.variables;
  expect([AWS_PROFILE, AWS_CONFIG_FILE]).toEqual([
    "aws-login",
    expect.stringContaining("/endpoints/config-"),
  ]);
  const { stdout } = await scene.run(["getcallerid"], withServed(served));
  expect(stdout).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump));
  served.kill("SIGINT");
  expect((await served.ended).stderr).toContain(
    "aws-login: programs get AWS_PROFILE=aws-login: SDKs would take aws_access_key_id of the default profile\n",
  );
  expect(await readdir(`${scene.home}/.aws-login/endpoints`)).toEqual([]);
});

scenario("serve answers GET with path and token, and refuses everything else", async (scene) => {
  const served = await serve(scene, jump, ANA);
  expect((await ask(served)).status).toBe(200);
  for (const refused of [
    await ask(served, { path: "/profile/dev" }),
    await ask(served, { method: "POST" }),
    await ask(served, { headers: { Origin: "http://127.0.0.1" } }),
  ]) {
    expect([refused.status, await refused.text()]).toEqual([403, ""]);
  }
  served.kill("SIGTERM");
  await served.ended;
});

/** The endpoint's process ends with the shell; a loaded machine is slower than a second. */
const soon = 5_000;

scenario(
  "serve --detach in eval returns at once, serves the shell, and ends with it",
  async (scene) => {
    const line = `eval "$(aws-login serve --detach ${jump.join(" ")})"; echo $?; aws-login getcallerid
      sleep 1.5; aws-login getcallerid | grep -c Jump`;
    const { status, stdout, stderr } = await scene.bash(line, ANA);
    expect([status, stdout]).toEqual([0, `0\n${callerOf(scene.standIn, SAMPLE_ROLES.jump)}1\n`]);
    expect(stderr).toMatch(
      /^aws-login: serving the credentials of 111111111111\/Jump, .* renewed before, until this shell ends; kill \d+ ends it before\n$/,
    );
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
  },
  { only: "linux" },
);

for (const [shell, line] of [
  ["dash", 'eval "$(aws-login serve --detach JUMP)"'],
  ["zsh", 'eval "$(aws-login serve --detach JUMP)"'],
  ["bash", "eval $(aws-login serve --detach JUMP)"],
  ["bash", "source <(aws-login serve --detach JUMP)"],
  ["bash", 'f() { (eval "$(aws-login serve --detach JUMP | cat)"; aws-login getcallerid); }; f | cat; exit'],
  ["fish", "aws-login serve --detach JUMP --outform fish | source"],
] as const) {
  const missing = Bun.which(shell) === null;
  scenario(
    `serve --detach is found past the subshells of ${shell}: ${line}${missing ? ` (needs ${shell})` : ""}`,
    async (scene) => {
      const text = `${line.replace("JUMP", jump.join(" "))}\nsleep 1.2\naws-login getcallerid`;
      const argv = [shell, "-c", text];
      const { stdout } = await start(argv, { ...scene.env, ...ANA }, scene.work).ended;
      expect(stdout).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump));
      expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
    },
    { only: missing ? "win32" : "linux" },
  );
}

scenario(
  "serve --detach ends at once when its shell ends while the credentials are acquired",
  async (scene) => {
    scene.standIn.fault({ match: { service: "sts" }, delay: 500 });
    const line = `aws-login serve --detach ${jump.join(" ")} > out 2> err & until [ -e go ]; do sleep 0.01; done`;
    const shell = scene.bash(line, ANA);
    await until(async () => ((await endpointProcesses(scene)).length > 0 ? true : undefined));
    await scene.write("work/go", "");
    await shell;
    const said = await until(async () => (await textOfFile(`${scene.work}/err`)) || undefined);
    expect(said).toStartWith("aws-login: serving the credentials of 111111111111/Jump, ");
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
  },
  { only: "linux" },
);

/** A command line before a program that makes it process 1, as the first one of a container is. */
const asFirst = ["unshare", "--pid", "--fork", "--mount-proc"];
const canBeFirst = process.platform === "linux" && Bun.spawnSync([...asFirst, "true"]).success;

scenario(
  `serve --detach is found past a subshell of process 1${canBeFirst ? "" : " (needs root's right to unshare)"}`,
  async (scene) => {
    const line = `eval "$(aws-login serve --detach ${jump.join(" ")} | cat)"\nsleep 1.2\naws-login getcallerid; true`;
    const argv = [...asFirst, "bash", "--norc", "-c", line];
    const { stdout } = await start(argv, { ...scene.env, ...ANA }, scene.work).ended;
    expect(stdout).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump));
  },
  { only: canBeFirst ? "linux" : "win32" },
);

scenario(
  "serve --detach --keep goes on when the shell has ended, until its last line's command",
  async (scene) => {
    const { stdout } = await scene.bash(`aws-login serve --detach --keep ${jump.join(" ")} | tee out`, ANA);
    await Bun.sleep(1_200);
    const again = await scene.bash(". ./out; aws-login getcallerid");
    expect(again.stdout).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump));
    const [, command = ""] = /# to end the endpoint: (kill \d+)\n$/.exec(stdout) ?? [];
    expect((await scene.bash(command)).status).toBe(0);
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
  },
  { only: "linux" },
);

scenario(
  "the process of serve --detach holds no descriptor of the shell open",
  async (scene) => {
    const line = `exec 5> >(cat > five; echo end >> five) 6< /etc/hostname
      aws-login serve --detach --keep ${jump.join(" ")} > out; exec 5>&-
      until grep -qs end five; do sleep 0.02; done; cat five`;
    const { stdout } = await scene.bash(line, ANA);
    expect(stdout).toBe("end\n");
    const [pid = 0] = await endpointProcesses(scene);
    const targets = await Promise.all(
      (await readdir(`/proc/${pid}/fd`)).map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => "")),
    );
    // It looks at processes by itself.
    const files = targets.filter((path) => /^\/(?!dev\/null|proc\/)/.test(path));
    expect(files).toEqual([]);
    process.kill(pid, "SIGTERM");
    await untilNoEndpoint(scene);
  },
  { only: "linux" },
);

scenario("serve --detach that fails prints nothing and leaves no process", async (scene) => {
  const { status, stdout, stderr } = await scene.bash(
    'eval "$(aws-login serve --detach)"; aws-login getcallerid; exit 9',
    ANA,
  );
  expect([status, stdout.includes("user/ana")]).toEqual([9, true]);
  expect(stderr).toContain("cannot serve the long-term keys of access key");
});

scenario("--keep needs --detach", async (scene) => {
  const { status, stdout, stderr } = await scene.run(["serve", "--keep"], ANA);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("--keep needs --detach");
});

scenario(
  "serve --profiles answers for every profile behind the path, by one call for many requests",
  async (scene) => {
    const config = `[profile jump]
role_arn = ${SAMPLE_ROLES.jump}
credential_source = Environment
[profile "a b"]
role_arn = ${SAMPLE_ROLES.jump}
credential_source = Environment
role_session_name = second
[profile long]
${keyLines(SAMPLE_KEYS.ana)}`;
    await scene.write("home/.aws/config", config);
    const served = await serve(scene, [...jump, "--profiles", "--region", "eu-west-1"], ANA);
    const before = scene.standIn.requests.length;
    const all = await Promise.all(Array.from({ length: 300 }, () => ask(served, { path: "/profile/jump" })));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const keys = await Promise.all(all.map(async (response) => (await bodyOf(response)).AccessKeyId));
    expect(new Set(keys).size).toBe(1);
    expect(scene.standIn.requests.length).toBe(before + 1);

    const variables = {
      ...withServed(served),
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${served.uri}/profile/a%20b`,
    };
    const { stdout } = await scene.run(["getcallerid"], variables);
    expect(stdout).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump, "second"));

    const missing = await ask(served, { path: "/profile/nope" });
    expect([missing.status, (await bodyOf(missing)).Message]).toEqual([
      401,
      expect.stringContaining("cannot use profile nope (from the path of the request): "),
    ]);
    const long = await ask(served, { path: "/profile/long" });
    expect([long.status, (await bodyOf(long)).Message]).toEqual([
      400,
      expect.stringContaining("long-term keys"),
    ]);
    expect((await ask(served, { path: "/profile/jump", headers: { Authorization: "x" } })).status).toBe(403);
    served.kill("SIGTERM");
    await served.ended;
  },
);

scenario("serve --imds answers as instance metadata, version 2 only, for any Host", async (scene) => {
  const served = await serve(scene, [...jump, "--imds", "--region", "eu-west-1"], ANA);
  const metadata = `http://127.0.0.1:${served.port}`;
  const client = { ...scene.metadata, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata };
  const { stdout } = await scene.run(["getcallerid"], client);
  expect(stdout).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump));
  expect((await ask(served)).status).toBe(200);

  const ttl = { "X-aws-ec2-metadata-token-ttl-seconds": "60" };
  const put = (headers: Record<string, string>) =>
    fetch(`${metadata}/latest/api/token`, { method: "PUT", headers: { ...ttl, ...headers } });
  const names = `${metadata}/latest/meta-data/iam/security-credentials/`;
  expect((await fetch(names)).status).toBe(401);
  for (const page of [{ Origin: "http://evil.example" }, { "X-Forwarded-For": "10.0.0.1" }])
    expect((await put(page)).status).toBe(403);
  const token = await (await put({ Host: "host.docker.internal" })).text();
  const named = await fetch(names, {
    headers: { "X-aws-ec2-metadata-token": token, Host: "host.docker.internal" },
  });
  expect(await named.text()).toBe("aws-login");
  served.kill("SIGTERM");
  expect((await served.ended).stderr).toStartWith(
    `aws-login: warning: ${metadata} gives the credentials to every program that reaches it: instance metadata has no secret
aws-login: a container finds it by AWS_EC2_METADATA_SERVICE_ENDPOINT=http://host.docker.internal:${served.port}/
`,
  );
});

scenario(
  "serve --imds --bind answers metadata alone at that address",
  async (scene) => {
    const served = await serve(scene, [...jump, "--imds", "--bind", "127.0.0.7"], ANA);
    expect((await ask(served)).status).toBe(200);
    const token = { method: "PUT", headers: { "X-aws-ec2-metadata-token-ttl-seconds": "60" } };
    expect((await fetch(`http://127.0.0.1:${served.port}/latest/api/token`, token)).status).toBe(403);
    served.kill("SIGTERM");
    const { stderr } = await served.ended;
    const [, bound = ""] = /warning: (http:\/\/127\.0\.0\.7:\d+) gives/.exec(stderr) ?? [];
    const port = new URL(bound).port;
    const again = await serve(scene, [...jump, "--imds", "--bind", "127.0.0.7", "--port", port], ANA);
    const other = { ...again, uri: again.uri.replace(/^http:..127\.0\.0\.1:\d+/, bound) };
    expect((await ask(other)).status).toBe(401);
    expect((await fetch(`${bound}/latest/api/token`, token)).status).toBe(200);
    again.kill("SIGTERM");
    await again.ended;
    const nowhere = await scene.run(["serve", ...jump, "--imds", "--bind", "203.0.113.9"], ANA);
    expect([nowhere.status, nowhere.stdout]).toEqual([1, ""]);
    expect(nowhere.stderr).toContain("cannot listen on 203.0.113.9:0: ");
  },
  { only: "linux" },
);

scenario(
  "kill -9 of serve in the foreground leaves a copy of the config until the next run",
  async (scene) => {
    await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const copies = () => readdir(`${scene.home}/.aws-login/endpoints`);
    const killed = await serve(scene, jump);
    killed.kill("SIGKILL");
    await killed.ended;
    const stale = await copies();
    expect(stale.length).toBe(1);
    await expect(ask(killed)).rejects.toThrow();
    const next = await serve(scene, jump);
    expect((await copies()).filter((name) => stale.includes(name))).toEqual([]);
    next.kill("SIGTERM");
    await next.ended;
    expect(await copies()).toEqual([]);
  },
  { only: "linux" },
);

scenario(
  "kill -9 of the shell ends what serve --detach started, and of that process leaves a copy that the next run removes",
  async (scene) => {
    await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const copies = () => readdir(`${scene.home}/.aws-login/endpoints`);
    await scene.bash(`eval "$(aws-login serve --detach ${jump.join(" ")})"; kill -KILL $$`);
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
    expect(await copies()).toEqual([]);

    await scene.bash(`aws-login serve --detach --keep ${jump.join(" ")} > out`);
    const [pid = 0] = await endpointProcesses(scene);
    const lines = (await commandLines()).join("\n");
    const [, path = "", token = ""] =
      /FULL_URI=\S+\/([0-9a-f]{64})\n.*TOKEN=([0-9a-f]{64})\n/.exec(
        await Bun.file(`${scene.work}/out`).text(),
      ) ?? [];
    expect([path.length, token.length, lines.includes(path), lines.includes(token)]).toEqual([
      64,
      64,
      false,
      false,
    ]);
    process.kill(pid, "SIGKILL");
    await untilNoEndpoint(scene);
    expect((await copies()).length).toBe(1);
    await scene.bash(`eval "$(aws-login serve --detach ${jump.join(" ")})"`);
    await untilNoEndpoint(scene);
    expect(await copies()).toEqual([]);
  },
  { only: "linux" },
);
