import { expect } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA } from "./support/identities.ts";
import type { Environment } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, sessionToken, tokenFile } from "./support/sign-ins.ts";

async function reported(scene: Scene, args: readonly string[], env: Environment = {}) {
  const { status, stdout, stderr } = await scene.run(["status", "--format", "json", ...args], env);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout);
  return { status, report, codes: report.findings.map(({ code }: { code: string }) => code) };
}

scenario("status says who the identity is, and writes nothing", async (scene) => {
  const { status, report, codes } = await reported(scene, ["--assume-roles", SAMPLE_ROLES.reader], ANA);
  expect({ status, codes }).toEqual({ status: 0, codes: [] });
  expect(report.identity.arn).toContain("assumed-role/Reader/aws-login");
  expect(report.credentials).toMatchObject({ renewable: true, expiration: expect.any(String) });
  expect(await readdir(scene.home)).toEqual([]);
  const text = await scene.run(["status"], ANA);
  expect(text.stdout).toStartWith(
    "identity     arn:aws:iam::111111111111:user/ana\nsource       the environment\n",
  );
});

scenario("status --verbose tells each decision and each request on stderr", async (scene) => {
  const { stdout } = await scene.run(["status"], ANA);
  const verbose = await scene.run(["status", "--verbose"], ANA);
  expect([verbose.status, verbose.stdout]).toEqual([0, stdout]);
  expect(verbose.stderr).toContain("aws-login: region: us-east-1 (nothing names one)\n");
  expect(verbose.stderr).toMatch(/^aws-login: POST \S+ GetCallerIdentity: 200, \d+ ms$/m);
});

scenario("status reports a role that refuses", async (scene) => {
  const closed = "arn:aws:iam::222222222222:role/None";
  const { status, codes } = await reported(scene, ["--assume-roles", closed], ANA);
  expect({ status, codes }).toEqual({ status: 1, codes: ["cannot-acquire"] });
});

scenario("status uses a valid sign-in, and neither renews nor starts one", async (scene) => {
  await scene.write("home/.aws/config", config, 0o600);
  const signedIn = scene.standIn.signIn();
  await scene.write(sessionToken, tokenFile(signedIn, 3600), 0o600);
  const valid = await reported(scene, ["--profile", "s"]);
  expect({ status: valid.status, codes: valid.codes }).toEqual({ status: 0, codes: [] });
  expect(valid.report.identity.arn).toContain("assumed-role/AWSReservedSSO_ReadOnlyAccess_");
  expect(valid.report.signIns).toHaveLength(1);

  const file = await scene.write(sessionToken, tokenFile(signedIn, -3600), 0o600);
  const before = await readFile(file, "utf8");
  const asked = operations(scene).length;
  const due = await reported(scene, ["--profile", "s"]);
  expect({ status: due.status, codes: due.codes }).toEqual({ status: 0, codes: ["renewal-due"] });
  expect(operations(scene)).toHaveLength(asked);
  expect(await readFile(file, "utf8")).toBe(before);

  const none = await reported(scene, ["--profile", "old"]);
  expect({ status: none.status, codes: none.codes }).toEqual({ status: 4, codes: ["sign-in-needed"] });
});

scenario(
  "status reports a clock that is off",
  async (scene) => {
    const { codes } = await reported(scene, [], ANA);
    expect(codes).toContain("clock-off");
  },
  { now: () => Date.now() + 20 * 60_000 },
);

scenario("status reports a file that others can read", async (scene) => {
  await scene.write(
    "home/.aws/credentials",
    "[default]\naws_access_key_id = AKIA\naws_secret_access_key = x\n",
    0o644,
  );
  const { codes } = await reported(scene, ["--offline"]);
  expect(codes).toEqual(["open-file"]);
  expect(scene.standIn.connections).toEqual([]);
});

scenario("status says why instance metadata gives nothing", async (scene) => {
  const { status, report } = await reported(scene, [], scene.metadata);
  expect(status).toBe(0);
  expect(report.source.kind).toBe("instance-metadata");
  const silent = { ...scene.metadata, AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1" };
  const absent = await reported(scene, [], silent);
  expect(absent.status).toBe(3);
  expect(absent.codes).toEqual(["no-credentials", "metadata-silent"]);
});

scenario("status takes words, and chooses from cached listings without asking a portal", async (scene) => {
  await scene.write("home/.aws/config", config, 0o600);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600), 0o600);
  const unknown = await scene.run(["status", "--offline", "my-acct-1", "admin"]);
  expect([unknown.status, unknown.stdout, operations(scene)]).toEqual([3, "", []]);
  expect(unknown.stderr).toContain(
    "status reads cached listings; to ask the portals: aws-login list --reload",
  );
  expect(await readdir(scene.home)).toEqual([".aws"]);
  await scene.run(["list"]);
  const { length } = operations(scene);
  const { report, codes } = await reported(scene, ["--offline", "my-acct-1", "admin"]);
  expect(codes).toEqual([]);
  expect(report.source.chain).toEqual([]);
  expect(report.source).toMatchObject({ kind: "sso-role" });
  expect(operations(scene)).toHaveLength(length);
  const several = await scene.run(["status", "my-acct"]);
  expect([several.status, several.stdout]).toEqual([2, ""]);
  expect(several.stderr).toContain("4 match, and status asks nothing");
});
