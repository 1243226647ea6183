import { expect } from "bun:test";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { root } from "../support/source-tree.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { answeredKey } from "./support/cached-credentials.ts";
import { filesOf, watchSecrets } from "./support/canaries.ts";
import { executable } from "./support/executable.ts";
import { callerOf } from "./support/identities.ts";
import {
  authority,
  ecKeys,
  issuingAuthority,
  keyPem,
  outsideArns,
  outsideWorld,
  rsaKeys,
  serverCertificate,
  trustAnchor,
} from "./support/own-authority.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { masked, stderrText } from "./support/stderr-text.ts";

const { ring, reader, jump } = SAMPLE_ROLES;
const [ec, rsa] = [ecKeys(), rsaKeys()];
const certificate = serverCertificate({ subject: "server", keys: ec });
const world = { world: outsideWorld };

/** The files in the working directory, and the options that name them. */
async function server(scene: Scene, keys = ec, pem = certificate, key = keyPem(keys)): Promise<string[]> {
  await scene.write("work/server.pem", pem);
  await scene.write("work/server-key.pem", key);
  return ["--certificate=server.pem", "--private-key=server-key.pem", ...outsideArns];
}

const actions = ({ standIn }: Scene) => standIn.requests.map(({ action }) => action);
const hosts = ({ standIn }: Scene) => standIn.requests.map(({ host }) => host);
/** Where no profile names the session, Roles Anywhere names it after the certificate's serial number. */
const sessionName = "0102";

scenario(
  "an EC certificate opens a role with one request to the trust anchor's region",
  async (scene) => {
    const ended = await scene.run(["getcallerid", ...(await server(scene))]);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring, sessionName), stderr: "" });
    expect(actions(scene)).toEqual(["CreateSession", "GetCallerIdentity"]);
    expect(hosts(scene)[0]).toBe("rolesanywhere.eu-west-1.amazonaws.com");
    expect(scene.standIn.requests[0]?.body).toBe('{"durationSeconds":3600}');
  },
  world,
);

scenario(
  "an RSA certificate opens it too, with certificate and key in one file",
  async (scene) => {
    const pem = serverCertificate({ subject: "server", keys: rsa });
    await scene.write("work/one.pem", keyPem(rsa) + pem);
    const ended = await scene.run(["getcallerid", "--certificate", "one.pem", ...outsideArns]);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring, sessionName), stderr: "" });
  },
  world,
);

scenario(
  "a certificate of an issuing authority needs its intermediates",
  async (scene) => {
    const upper = issuingAuthority("Made-up Upper", authority);
    const lower = issuingAuthority("Made-up Lower", upper);
    const args = await server(scene, ec, serverCertificate({ subject: "server", keys: ec }, lower));
    await scene.write("work/chain.pem", lower.pem + upper.pem);
    const alone = await scene.run(["getcallerid", ...args]);
    expect([alone.status, alone.stdout]).toEqual([1, ""]);
    expect(alone.stderr).toContain("AccessDeniedException: Untrusted certificate");
    const whole = await scene.run(["getcallerid", ...args, "--intermediates", "chain.pem"]);
    expect(whole).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring, sessionName), stderr: "" });
  },
  world,
);

const fixtures = join(root, "test/fixtures/rolesanywhere");
const fixtureAnchor = {
  ...trustAnchor,
  certificatePem: await Bun.file(join(fixtures, "rsa-cert.pem")).text(),
};
scenario(
  "a PKCS#12 file holds both",
  async (scene) => {
    await copyFile(join(fixtures, "rsa.p12"), join(scene.work, "server.p12"));
    const ended = await scene.run(["getcallerid", "--certificate", "server.p12", ...outsideArns]);
    expect([ended.status, ended.stdout]).toEqual([0, expect.stringContaining(":assumed-role/Ring/")]);
  },
  { world: { ...outsideWorld, trustAnchors: [fixtureAnchor] } },
);

scenario(
  "an encrypted key takes its password from a file",
  async (scene) => {
    const args = await server(scene, ec, certificate, keyPem(ec, "made-up password"));
    await scene.write("work/password", "made-up password\n");
    const ended = await scene.run(["getcallerid", ...args, "--private-key-password-file", "password"]);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring, sessionName), stderr: "" });
  },
  world,
);

scenario(
  "an encrypted key without password and terminal ends with the option that helps",
  async (scene) => {
    const args = await server(scene, ec, certificate, keyPem(ec, "made-up password"));
    expect(await scene.run(["dumpcreds", ...args])).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error:
          "cannot use the private key server-key.pem: it is encrypted, and there is no terminal to ask for its password",
        hints: ["name a file that holds the password with --private-key-password-file"],
      }),
    });
    expect(scene.standIn.requests).toEqual([]);
  },
  world,
);

scenario(
  "roles are assumed from the session, for an hour at most, and --duration is the session's",
  async (scene) => {
    const args = await server(scene);
    const ended = await scene.run([
      "getcallerid",
      ...args,
      "--assume-roles",
      reader,
      "--session-duration",
      "7200",
    ]);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, reader), stderr: "" });
    const [made, assumed] = scene.standIn.requests;
    expect(made?.body).toBe('{"durationSeconds":7200}');
    expect(assumed?.form.DurationSeconds).toBe("3600");
  },
  world,
);

scenario(
  "--role-session-name is sent where it is given",
  async (scene) => {
    const ended = await scene.run(["getcallerid", ...(await server(scene)), "--role-session-name", "web-7"]);
    expect(ended.stdout).toBe(callerOf(scene.standIn, ring, "web-7"));
  },
  { world: { ...outsideWorld, trustAnchors: [{ ...trustAnchor, acceptsSessionName: true }] } },
);

scenario(
  "the console opens with the certificate's role",
  async (scene) => {
    const ended = await scene.run(["console", "--no-browser", ...(await server(scene))]);
    expect([ended.status, ended.stderr]).toEqual([0, ""]);
    expect(actions(scene)).toEqual(["CreateSession", "getSigninToken"]);
  },
  world,
);

scenario(
  "--endpoint, and else AWS_ENDPOINT_URL_ROLESANYWHERE, leads elsewhere",
  async (scene) => {
    const args = ["dumpcreds", "--outform", "env", ...(await server(scene))];
    const url = `http://127.0.0.1:${scene.standIn.ports.rolesanywhere}`;
    expect((await scene.run([...args, "--endpoint", url])).status).toBe(0);
    expect((await scene.run(args, { AWS_ENDPOINT_URL_ROLESANYWHERE: url })).status).toBe(0);
    expect(hosts(scene).map((host) => host?.startsWith("127.0.0.1"))).toEqual([true, true]);
    const refused = await scene.run([...args, "--endpoint", "ftp://a.example"]);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("cannot use --endpoint: ")]);
  },
  world,
);

scenario(
  "a certificate is the source whatever the environment holds, a missing profile included",
  async (scene) => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAMADEUP", AWS_SECRET_ACCESS_KEY: "made-up", AWS_PROFILE: "gone" };
    const ended = await scene.run(["getcallerid", ...(await server(scene))], env);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring, sessionName), stderr: "" });
  },
  world,
);

scenario(
  "--verbose names certificate, endpoint and request",
  async (scene) => {
    const { stderr } = await scene.run(["getcallerid", "--verbose", ...(await server(scene))]);
    expect(stderr).toContain("aws-login: source: the certificate server.pem (IAM Roles Anywhere)\n");
    expect(stderr).toMatch(/POST rolesanywhere\.eu-west-1\.amazonaws\.com CreateSession: 201, /);
  },
  world,
);

scenario(
  "a fault of key or certificate is reported before any request",
  async (scene) => {
    const args = ["dumpcreds", ...(await server(scene))];
    await scene.write("work/server-key.pem", keyPem(rsa));
    const foreign = await scene.run(args);
    expect(foreign).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: "cannot use the certificate server.pem: the private key does not belong to it",
        hints: ["name the key that the certificate was issued for with --private-key"],
      }),
    });
    await server(scene, ec, serverCertificate({ subject: "server", keys: ec, endedDaysAgo: 2 }));
    const over = await scene.run(args);
    expect([over.status, over.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^aws-login: error: cannot use the certificate server.pem: its certificate expired at /,
      ),
    ]);
    const hardware = await scene.run([...args, "--private-key", "pkcs11:object=key"]);
    expect(hardware.stderr).toContain("use AWS's aws_signing_helper as the credential_process of a profile");
    expect(scene.standIn.requests).toEqual([]);
  },
  world,
);

scenario(
  "ARNs that do not fit together are a usage error",
  async (scene) => {
    const args = await server(scene);
    const other = trustAnchor.profileArn.replace("eu-west-1", "us-east-1");
    const ended = await scene.run(["dumpcreds", ...args, "--profile-arn", other]);
    expect(ended).toEqual({
      status: 2,
      stdout: "",
      stderr: stderrText({
        error:
          "cannot use --profile-arn: its region is us-east-1, and that of --trust-anchor-arn is eu-west-1",
        hints: ["a trust anchor and its profile are in one region"],
      }),
    });
  },
  world,
);

scenario(
  "a refusal of AWS names role, certificate and request, and says what AWS checks",
  async (scene) => {
    const args = ["getcallerid", ...(await server(scene)), "--role-arn", reader];
    const { status, stdout, stderr } = await scene.run(args);
    expect({ status, stdout, stderr: masked(stderr) }).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: `cannot get role ${reader} from Roles Anywhere: AccessDeniedException: Unable to assume role for this request`,
        notes: ["asked with the certificate server.pem, serial number 258, request ID"],
        hints: [
          "the trust anchor must have issued the certificate, the profile must list the role, and the trust policy of Reader must allow rolesanywhere.amazonaws.com sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity",
        ],
      }),
    });
  },
  world,
);

scenario(
  "a private key that others can read works, under a warning",
  async (scene) => {
    const args = await server(scene);
    await scene.write("work/server-key.pem", keyPem(ec), 0o644);
    const ended = await scene.run(["getcallerid", ...args]);
    expect([ended.status, ended.stderr]).toEqual([
      0,
      "aws-login: warning: others can read the private key server-key.pem: close it with chmod 600\n",
    ]);
  },
  world,
);

const helper = ["dumpcreds", "--credential-helper", "--use-cache"];

scenario(
  "of twenty processes that find nothing cached one makes a session for all",
  async (scene) => {
    const args = [...helper, ...(await server(scene))];
    const ended = await Promise.all(Array.from({ length: 20 }, () => scene.run(args)));
    expect(new Set(ended.map(({ status, stderr }) => `${status} ${stderr}`))).toEqual(new Set(["0 "]));
    expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1);
    expect((await scene.run(args)).stdout).toBe(ended[0]?.stdout ?? "");
    expect(actions(scene)).toEqual(["CreateSession"]);
  },
  world,
);

scenario(
  "a renewed certificate, another role and another duration are not served from the cache",
  async (scene) => {
    const args = [...helper, ...(await server(scene))];
    const keys = [answeredKey(await scene.run(args))];
    await server(scene, ec, serverCertificate({ subject: "server", keys: ec, serial: 0x0103 }));
    keys.push(answeredKey(await scene.run(args)));
    keys.push(answeredKey(await scene.run([...args, "--role-arn", jump])));
    keys.push(answeredKey(await scene.run([...args, "--duration", "900"])));
    expect(new Set(keys).size).toBe(4);
    expect(actions(scene)).toEqual(Array(4).fill("CreateSession"));
    // The certificate's path is the same, its content that of another server.
    expect(answeredKey(await scene.run(args))).toBe(keys[1] ?? "");
  },
  world,
);

const password = "made-up zebra lantern of 7731 quiet rivers";
const encrypted = keyPem(ec, password);

scenario(
  "neither the private key nor its password is ever shown or stored",
  async (scene) => {
    const args = await server(scene, ec, certificate, encrypted);
    await scene.write("run/password", `${password}\n`);
    const canaries = watchSecrets(scene.standIn, {
      password,
      "encrypted key": encrypted.split("\n")[1] ?? "",
      key: keyPem(ec).split("\n")[1] ?? "",
    });
    const full = [...args, "--private-key-password-file", `${scene.root}/run/password`, "--verbose"];
    const said: string[] = [];
    for (const more of [[], ["--use-cache"], ["--role-arn", reader], ["--private-key", "server.pem"]])
      said.push((await scene.run(["getcallerid", ...full, ...more])).stderr);
    // The options mixed up: each file in the place of another.
    const key = "server-key.pem";
    for (const name of ["--certificate", "--intermediates", "--private-key-password-file"])
      said.push((await scene.run(["getcallerid", ...full, name, key])).stderr);
    expect(canaries.foundIn(said.join("\n"))).toEqual([]);
    const sent = scene.standIn.requests.map(({ body, headers }) => body + JSON.stringify(headers)).join("\n");
    const own = ["password", "encrypted key", "key"];
    expect(canaries.foundIn(sent).filter((name) => own.includes(name))).toEqual([]);
    const holders = [...(await filesOf(scene))].filter(([path, text]) => {
      const isKey = path === `${scene.work}/${key}`;
      return !isKey && canaries.foundIn(text).some((name) => own.includes(name));
    });
    expect(holders).toEqual([]);
  },
  world,
);

scenario(
  "the password of an encrypted key is asked for on the terminal once, and not shown",
  async (scene) => {
    const args = await server(scene, ec, certificate, encrypted);
    const files = [`--certificate=${scene.work}/server.pem`, `--private-key=${scene.work}/server-key.pem`];
    const argv = [executable, ...helper, ...args, ...files];
    await using terminal = openTerminal(argv, scene.env);
    await terminal.shows(`Password of the private key ${scene.work}/server-key.pem: `);
    expect(terminal.echoes()).toBe(false);
    terminal.type(`${password}\n`);
    expect(await terminal.exited).toBe(0);
    expect(terminal.text().split("Password of")).toHaveLength(2);
    expect(terminal.text()).not.toContain(password);
    // What is cached needs no password.
    expect((await scene.run([...helper, ...args, ...files])).status).toBe(0);
    expect(actions(scene)).toEqual(["CreateSession"]);
  },
  world,
);

scenario(
  "a command line of AWS's helper works under credential-process, and --use-cache makes one session of many",
  async (scene) => {
    const args = await server(scene);
    const line = ["credential-process", ...args, "--with-proxy", "--session-duration", "900"];
    const first = await scene.run([...line, "--region", "eu-west-1"]);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    expect(JSON.parse(first.stdout)).toMatchObject({ Version: 1, AccountId: "111111111111" });
    const cached = [];
    for (const command of ["credential-process", "credential-process", "dumpcreds --credential-helper"])
      cached.push((await scene.run([...command.split(" "), ...args, "--use-cache"])).stdout);
    expect(new Set(cached).size).toBe(1);
    expect(actions(scene)).toEqual(["CreateSession", "CreateSession"]);
    const debug = await scene.run(["credential-process", ...args, "--debug"]);
    expect(debug.stderr).toContain("CreateSession: 201, ");
  },
  world,
);

scenario(
  "credential-process refuses a password in its arguments without showing it, and lists the options on request",
  async (scene) => {
    const args = ["credential-process", ...(await server(scene))];
    expect(await scene.run([...args, "--pkcs8-password", password])).toEqual({
      status: 2,
      stdout: "",
      stderr: stderrText({
        error: "cannot use --pkcs8-password: an argument shows the password to every user of the machine",
        hints: ["name a file that holds it with --private-key-password-file, or type it when asked"],
      }),
    });
    const page = await scene.run(["help", "credential-process"]);
    expect([page.status, page.stderr]).toEqual([0, ""]);
    expect(page.stdout).toContain("--trust-anchor-arn ARN");
    for (const words of [["--help"], ["--use-cache", "-h"], [...args.slice(1), "--help"]])
      expect(await scene.run(["credential-process", ...words])).toEqual(page);
  },
  world,
);

scenario(
  "a private key comes by a pipe of the shell or by stdin, with its password by another",
  async (scene) => {
    await server(scene);
    const arns = outsideArns.join(" ");
    const expected = { status: 0, stdout: callerOf(scene.standIn, ring, sessionName), stderr: "" };
    const piped = `aws-login getcallerid --certificate server.pem --private-key <(cat server-key.pem) ${arns}`;
    expect(await scene.bash(piped)).toEqual(expected);
    const byStdin = `cat server-key.pem | aws-login getcallerid --certificate server.pem --private-key /dev/stdin ${arns}`;
    expect(await scene.bash(byStdin)).toEqual(expected);
    await scene.write("work/locked.pem", keyPem(ec, "made-up password"));
    const locked = `aws-login getcallerid --certificate server.pem --private-key <(cat locked.pem) --private-key-password-file <(echo made-up password) ${arns}`;
    expect(await scene.bash(locked)).toEqual(expected);
    const one = `aws-login getcallerid --certificate <(cat server-key.pem server.pem) ${arns}`;
    expect(await scene.bash(one)).toEqual(expected);
  },
  { ...world, only: "linux" },
);

scenario(
  "under --use-cache the certificate stands for a key that comes by a pipe, and the key is not stored",
  async (scene) => {
    await server(scene);
    const line = (certificateFile: string) =>
      `aws-login dumpcreds --credential-helper --use-cache --certificate ${certificateFile} --private-key <(cat server-key.pem) ${outsideArns.join(" ")}`;
    const first = await scene.bash(line("server.pem"));
    expect(await scene.bash(line("server.pem"))).toEqual(first);
    expect([first.status, first.stderr, actions(scene)]).toEqual([0, "", ["CreateSession"]]);
    await server(scene, rsa, serverCertificate({ subject: "server", keys: rsa }));
    const renewed = await scene.bash(line("server.pem"));
    expect([renewed.status, renewed.stdout === first.stdout]).toEqual([0, false]);
    const secret = keyPem(ec).split("\n")[1] ?? "";
    const kept = [...(await filesOf(scene))].filter(([path]) => path.startsWith(scene.home));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join()).not.toContain(secret);
  },
  { ...world, only: "linux" },
);

scenario(
  "a key that comes by a pipe is asked for its password once, before any lock is taken",
  async (scene) => {
    await server(scene, ec, certificate, keyPem(ec, "made-up password"));
    const line = `aws-login getcallerid --use-cache --certificate server.pem --private-key <(cat server-key.pem) ${outsideArns.join(" ")}`;
    await using terminal = openTerminal(["bash", "--norc", "-c", `cd ${scene.work}; ${line}`], scene.env);
    await terminal.shows("Password of the private key /dev/fd/");
    terminal.type("made-up password\n");
    await terminal.shows("assumed-role/Ring");
    expect(await terminal.exited).toBe(0);
    expect(terminal.text().split("Password of").length).toBe(2);
  },
  { ...world, only: "linux" },
);

scenario(
  "runas --auto-refresh serves the session of a key that came by a pipe to its end, and says so",
  async (scene) => {
    await server(scene);
    const line = `aws-login runas --auto-refresh --certificate server.pem --private-key <(cat server-key.pem) ${outsideArns.join(" ")} -- aws-login getcallerid`;
    const { status, stdout, stderr } = await scene.bash(line);
    expect([status, stdout]).toEqual([0, callerOf(scene.standIn, ring, sessionName)]);
    expect(stderr).toMatch(
      /^aws-login: warning: the credentials of 111111111111\/Ring are served until \S+, and not renewed: what comes by a pipe is read once\n$/,
    );
  },
  { ...world, only: "linux" },
);

scenario(
  "a device in the place of the private key is one clear refusal",
  async (scene) => {
    const args = await server(scene);
    const ended = await scene.run(["getcallerid", ...args, "--private-key", "/dev/zero"]);
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: "cannot use the private key /dev/zero: it cannot be read: it is neither a file nor a pipe",
      }),
    });
  },
  world,
);
