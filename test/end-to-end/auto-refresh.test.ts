import { expect } from "bun:test";
import { readdir, stat } from "node:fs/promises";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { askAs, canBeOthers, NOBODY } from "../system/files/other-user.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { watchSecrets } from "./support/canaries.ts";
import { endpointProcesses, untilNoEndpoint, worldWithShortRoles } from "./support/endpoints.ts";
import { executable } from "./support/executable.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { commandLines, processesOf } from "./support/processes.ts";
import { scenario } from "./support/scene.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { lineOfFile, textOfFile, until } from "./support/until.ts";

const jump = ["--assume-roles", SAMPLE_ROLES.jump];
const asJump = ["runas", "--auto-refresh", ...jump];
/** Milliseconds in which an endpoint must end; a loaded machine is slower than a second. */
const soon = 5_000;

scenario(
  "a program under runas --auto-refresh gets the role from an endpoint, and no keys",
  async (scene) => {
    const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
    const direct = await scene.run([...asJump, "--", "aws-login", "getcallerid"], ANA);
    expect(direct).toEqual({ status: 0, stdout, stderr: "" });
    const env = await scene.run([...asJump, "--region", "eu-west-1", "--", "env"], {
      ...ANA,
      AWS_ROLE_ARN: "x",
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x",
    });
    const names = [...env.stdout.matchAll(/^(AWS_\w+)=/gm)].map(([, name]) => name).toSorted();
    expect(names).toEqual([
      "AWS_CA_BUNDLE",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN",
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "AWS_DEFAULT_REGION",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_REGION",
    ]);
  },
);

scenario(
  "runas --auto-refresh leaves the program its streams, arguments, status and signals",
  async (scene) => {
    const line = `echo in | aws-login ${asJump.join(" ")} -c 'cat; echo err >&2; exit 42'`;
    expect(await scene.bash(line, ANA)).toEqual({ status: 42, stdout: "in\n", stderr: "err\n" });
    const words = ["", "a b", "$HOME", "é", "'\"\\"];
    const printed = await scene.run([...asJump, "--", "printf", "<%s>", ...words], ANA);
    expect(printed.stdout).toBe(words.map((word) => `<${word}>`).join(""));
    expect((await scene.run([...asJump, "--", "no-such-program"], ANA)).status).toBe(127);
    expect((await scene.run([...asJump, "-c", "kill -TERM $$"], ANA)).status).toBe(143);
    await untilNoEndpoint(scene);
  },
);

scenario("a program that waits for all its children does not wait for the endpoint", async (scene) => {
  const script = "import os\ntry:\n os.wait()\nexcept ChildProcessError:\n print('none')";
  const ended = await scene.run([...asJump, "--", "/usr/bin/python3", "-c", script], ANA);
  expect(ended).toEqual({ status: 0, stdout: "none\n", stderr: "" });
});

scenario(
  "the endpoint ends with the program and with what the program leaves running",
  async (scene) => {
    await scene.run([...asJump, "--", "true"], ANA);
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
    const go = `${scene.root}/go`;
    const left = `(while [ ! -e ${go} ]; do sleep 0.02; done; aws-login getcallerid > ${go}.out) >/dev/null 2>&1 &`;
    await scene.run([...asJump, "-c", left], ANA);
    await Bun.sleep(1_500);
    expect((await endpointProcesses(scene)).length).toBe(1);
    await Bun.write(go, "");
    const answer = await until(async () => (await textOfFile(`${go}.out`)) || undefined);
    expect(answer).toBe(callerOf(scene.standIn, SAMPLE_ROLES.jump));
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
  },
  { only: "linux" },
);

scenario(
  "a descendant that closed what it inherited is served no longer than the program runs",
  async (scene) => {
    const script = `import os, time, urllib.request
request = urllib.request.Request(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
request.add_header("Authorization", os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"])
def serves():
  try: return urllib.request.urlopen(request).status == 200
  except OSError: return False
if os.fork() == 0:
  os.setsid()
  os.closerange(0, 4096)
  while serves(): time.sleep(0.02)
  open("refused", "w").close()
  os._exit(0)
print(serves())`;
    const { stdout } = await scene.run([...asJump, "--", "/usr/bin/python3", "-c", script], ANA);
    expect(stdout).toBe("True\n");
    await until(async () => ((await readdir(scene.work)).includes("refused") ? true : undefined));
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
  },
  { only: "linux" },
);

scenario(
  "kill -9 of either side leaves no process, and the next run removes the copy of the config",
  async (scene) => {
    await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const copies = () => readdir(`${scene.home}/.aws-login/endpoints`);
    const program = scene.start([...asJump, "--", "sleep", "60"]);
    const [endpoint = 0] = await until(async () => {
      const found = await endpointProcesses(scene);
      return found.length > 0 && (await copies().catch(() => [])).length > 0 ? found : undefined;
    });
    await until(async () => ((await commandLines()).includes("sleep 60") ? true : undefined));
    process.kill(endpoint, "SIGKILL");
    await untilNoEndpoint(scene);
    const stale = await copies();
    expect(stale.length).toBe(1);
    program.kill("SIGKILL");
    expect((await program.ended).status).toBe(137);

    const again = scene.start([...asJump, "--", "sleep", "60"]);
    await until(async () => ((await endpointProcesses(scene)).length === 1 ? true : undefined));
    await until(async () => {
      const found = await copies();
      return found.length === 1 && found[0] !== stale[0] ? true : undefined;
    });
    again.kill("SIGKILL");
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
    expect(await copies()).toEqual([]);
  },
  { only: "linux" },
);

scenario(
  "keys of the default profile do not win over the endpoint, and other profiles go on working",
  async (scene) => {
    await scene.write(
      "home/.aws/credentials",
      `[default]\n${keyLines(SAMPLE_KEYS.ana)}[other]\n${keyLines(SAMPLE_KEYS.ana)}`,
    );
    await scene.write(
      "home/.aws/config",
      "[default]\nregion = eu-west-3\n[profile aws-login]\noutput = text\n",
    );
    const program = `aws-login getcallerid; aws-login getcallerid --profile other | grep Arn;
    echo $AWS_PROFILE; grep -A2 'profile aws-login-2' $AWS_CONFIG_FILE; stat -c %a $AWS_CONFIG_FILE`;
    const ended = await scene.run([...asJump, "-c", program]);
    expect(ended.stdout).toBe(
      `${callerOf(scene.standIn, SAMPLE_ROLES.jump)}    "Arn": "arn:aws:iam::111111111111:user/ana"
aws-login-2
[profile aws-login-2]
region = eu-west-3
600
`,
    );
    expect(ended.stderr).toBe("");
    await until(async () =>
      (await readdir(`${scene.home}/.aws-login/endpoints`)).length === 0 ? true : undefined,
    );
    expect((await stat(`${scene.home}/.aws-login`)).mode & 0o777).toBe(0o700);
  },
);

scenario(
  "a program works through many ends of its credentials without one failed call",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
    const loop =
      "i=0; while [ $i -lt 60 ]; do aws-login getcallerid >/dev/null || exit 1; sleep 0.1; i=$((i+1)); done";
    const ended = await scene.run(["runas", "--auto-refresh", "--profile", "s", "-c", loop]);
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
    const fetched = scene.standIn.requests.filter(({ action }) => action === "GetRoleCredentials");
    expect(fetched.length).toBeGreaterThan(2);
  },
  { world: worldWithShortRoles(4), waits: true },
);

scenario(
  "a renewal that is under way when the program ends is finished: its refresh token is spent once",
  async (scene) => {
    const { standIn } = scene;
    await scene.write("home/.aws/config", config);
    await scene.write(sessionToken, tokenFile(standIn.signIn(), 4));
    standIn.fault({ match: { action: "CreateToken" }, delay: 1_000, times: 100 });
    const wait = "until [ -e go ]; do sleep 0.02; done";
    const program = scene.start(["runas", "--auto-refresh", "--profile", "s", "-c", wait]);
    const refreshes = () => standIn.requests.filter(({ action }) => action === "CreateToken").length;
    const atStart = await until(async () =>
      (await endpointProcesses(scene)).length > 0 ? refreshes() : undefined,
    );
    await until(async () => (refreshes() > atStart ? true : undefined));
    await scene.write("work/go", "");
    expect((await program.ended).status).toBe(0);
    expect(await untilNoEndpoint(scene)).toBeLessThan(soon);
    standIn.reset();
    const next = await scene.run(["getcallerid", "--profile", "s", "--sign-in", "never"]);
    expect([next.status, next.stderr]).toEqual([0, ""]);
  },
  { world: worldWithShortRoles(4), signInSettings: { accessTokenLife: 4 }, waits: true, only: "linux" },
);

scenario(
  "a credential_process that hangs while the program ends does not outlive the endpoint",
  async (scene) => {
    const helper = await scene.write(
      "bin/helper",
      `#!/bin/sh
[ -e "$HOME/asked" ] && echo > "$HOME/hangs" && exec sleep 600
echo > "$HOME/asked"
end=$(date -u -d "+3 seconds" +%Y-%m-%dT%H:%M:%SZ)
echo '{"Version":1,"AccessKeyId":"ASIAMADEUP","SecretAccessKey":"made-up","SessionToken":"made-up","Expiration":"'$end'"}'
`,
      0o755,
    );
    await scene.write("home/.aws/config", `[profile h]\ncredential_process = ${helper}\n`);
    const wait = 'until [ -e "$HOME/hangs" ]; do sleep 0.02; done';
    const ended = await scene.run(["runas", "--auto-refresh", "--profile", "h", "-c", wait]);
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
    const left = async () => [...(await processesOf(scene)).values()];
    await until(async () => ((await left()).length === 0 ? true : undefined));
  },
  { waits: true, only: "linux" },
);

/** What the program prints when it has asked the endpoint itself. */
const ask = `curl -s -w ' %{http_code}\\n' -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN"`;

scenario(
  "a sign-in that has ended is told once with the command that helps, and that command mends it",
  async (scene) => {
    const { standIn } = scene;
    await scene.write("home/.aws/config", config);
    await scene.write(sessionToken, tokenFile(standIn.signIn(), 3600));
    const url = '"$AWS_CONTAINER_CREDENTIALS_FULL_URI"';
    const line = `while read x; do ${ask} ${url}; done`;
    await using terminal = openTerminal(
      [executable, "runas", "--auto-refresh", "--profile", "s", "-c", line],
      scene.env,
    );
    terminal.type("\n");
    await terminal.shows('"AccessKeyId"');
    await terminal.shows(" 200");
    standIn.endSignIns();
    await terminal.shows("aws-login: error: cannot renew the credentials of s: ");
    await terminal.shows("aws-login: hint: sign in with: aws-login login --profile s");
    await Bun.sleep(4_000);
    terminal.type("\n");
    await terminal.shows('"Code":"ExpiredToken"');
    await terminal.shows("aws-login login --profile s");
    await terminal.shows(" 401");
    await scene.write(sessionToken, tokenFile(standIn.signIn(), 3600));
    await Bun.sleep(1_000);
    terminal.type("\n");
    await terminal.shows(" 200");
    expect(terminal.text().split("aws-login: error:").length).toBe(2);
    terminal.type("\x04");
    expect(await terminal.exited).toBe(0);
  },
  { world: worldWithShortRoles(4), waits: true },
);

scenario("pages of a browser, other users and proxies are refused without a word", async (scene) => {
  const say =
    "echo $AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN > $0; exec sleep 60";
  const file = `${scene.root}/address`;
  const program = scene.start([...asJump, "--", "sh", "-c", say, file], ANA);
  const [uri = "", token = ""] = await until(async () => (await lineOfFile(file))?.split(" "));
  const { port, pathname } = new URL(uri);
  const get = (headers: Record<string, string>, method = "GET", url = uri) =>
    fetch(url, { method, headers: { Authorization: token, ...headers } });
  expect((await get({})).status).toBe(200);
  const refused = [
    await get({ Origin: "https://evil.example" }),
    await get({ "Sec-Fetch-Site": "cross-site" }),
    await get({ "X-Forwarded-For": "10.0.0.1" }),
    await get({ Host: `evil.example:${port}` }),
    await get({ Authorization: "x" }),
    await get({}, "POST"),
    await get({}, "PUT"),
    await get({}, "GET", `http://127.0.0.1:${port}/latest/meta-data/`),
  ];
  for (const response of refused) {
    expect([response.status, await response.text(), response.headers.get("cache-control")]).toEqual([
      403,
      "",
      "no-store",
    ]);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  }
  if (canBeOthers) {
    const answer = await askAs(
      NOBODY,
      port,
      `${pathname} HTTP/1.1\r\nAuthorization: ${token}\r\nConnection: close\r\nX:`,
    );
    expect(answer).toStartWith("HTTP/1.1 403");
  }
  program.kill("SIGTERM");
  await program.ended;
});

scenario(
  "no secret of the endpoint or the identity stands in an argument list or on stderr",
  async (scene) => {
    const canaries = watchSecrets(scene.standIn);
    const file = `${scene.root}/token`;
    const say =
      "echo $AWS_CONTAINER_AUTHORIZATION_TOKEN$AWS_CONTAINER_CREDENTIALS_FULL_URI > $0; exec sleep 60";
    const program = scene.start([...asJump, "--verbose", "--", "sh", "-c", say, file], ANA);
    const said = await until(() => lineOfFile(file));
    const [token = "", path = ""] = said.split(/http:\/\/127\.0\.0\.1:\d+\//);
    const lines = (await commandLines()).join("\n");
    program.kill("SIGTERM");
    const { stdout, stderr } = await program.ended;
    expect([token.length, path.length]).toEqual([64, 64]);
    for (const text of [lines, stdout, stderr]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(path);
      expect(canaries.foundIn(text)).toEqual([]);
    }
  },
);

scenario("long-term keys cannot be served", async (scene) => {
  expect(await scene.run(["runas", "--auto-refresh", "--", "true"], ANA)).toEqual({
    status: 2,
    stdout: "",
    stderr: `aws-login: error: cannot serve the long-term keys of access key ${SAMPLE_KEYS.ana.accessKeyId} from the environment: from an endpoint SDKs want credentials that end
aws-login: hint: exchange them for a session: add --get-session-token
`,
  });
  const session = ["runas", "--auto-refresh", "--get-session-token", "--", "aws-login", "getcallerid"];
  expect((await scene.run(session, ANA)).stdout).toContain("user/ana");
});

for (const options of [[], ["--auto-refresh"]]) {
  scenario(`runas ${options.join()} without a program gives a person the shell`, async (scene) => {
    const env = { ...scene.env, ...ANA, SHELL: "/bin/sh", PS1: "", ENV: "" };
    await using terminal = openTerminal([executable, "runas", ...options, ...jump], env);
    terminal.type("echo identity=$AWS_LOGIN_IDENTITY; aws-login getcallerid | grep Arn\n");
    await terminal.shows("identity=111111111111/Jump\r\n");
    await terminal.shows("assumed-role/Jump/aws-login");
    terminal.type("exit 5\n");
    expect(await terminal.exited).toBe(5);
  });
}

scenario("runas without a program and without a terminal is a usage error", async (scene) => {
  const { status, stderr } = await scene.run(["runas"], ANA);
  expect([status, stderr.split("\n")[0]]).toEqual([2, "aws-login: error: runas needs something to run"]);
});
