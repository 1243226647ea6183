import { expect } from "bun:test";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, keyLines } from "./support/identities.ts";
import { ecKeys, keyPem, outsideArns, outsideWorld, serverCertificate } from "./support/own-authority.ts";
import { type Scene, scenario } from "./support/scene.ts";

/** The report of `status` on the sources that options name, and on codes of a command. */

const { guarded, ring } = SAMPLE_ROLES;
const serial = SAMPLE_MFA.serialNumber;

async function reported(scene: Scene, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = await scene.run(["status", "--format", "json", ...args], env);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout);
  return { status, report, codes: report.findings.map(({ code }: { code: string }) => code) };
}

scenario(
  "status says who a certificate is, and which private key others can read",
  async (scene) => {
    const keys = ecKeys();
    await scene.write("work/server.pem", serverCertificate({ subject: "server", keys }));
    const key = await scene.write("work/server-key.pem", keyPem(keys));
    const args = ["--certificate", "server.pem", "--private-key", "server-key.pem", ...outsideArns];
    const { status, report, codes } = await reported(scene, args);
    expect({ status, codes }).toEqual({ status: 0, codes: [] });
    expect(report.source).toMatchObject({
      kind: "rolesanywhere",
      from: "the certificate server.pem (IAM Roles Anywhere)",
      profile: null,
      variable: null,
    });
    expect(report.identity.arn).toContain(":assumed-role/Ring/");
    expect(report.credentials.renewable).toBe(true);
    await chmod(key, 0o640);
    const open = await reported(scene, [...args, "--offline"]);
    expect(open.codes).toEqual(["open-file"]);
    expect(open.report.findings[0].message).toContain("server-key.pem");
  },
  { world: outsideWorld },
);

scenario(
  "status says that a key and a token from a pipe are not renewed",
  async (scene) => {
    const keys = ecKeys();
    await scene.write("work/server.pem", serverCertificate({ subject: "server", keys }));
    await scene.write("work/server-key.pem", keyPem(keys));
    const ask = "aws-login status --offline --format json";
    for (const source of [
      `--certificate server.pem --private-key <(cat server-key.pem) ${outsideArns.join(" ")}`,
      `--web-identity-token <(echo made-up.token) --role-arn ${ring}`,
    ]) {
      const { status, stdout, stderr } = await scene.bash(`${ask} ${source}`);
      expect([status, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout).credentials.renewable).toBe(false);
    }
  },
  { world: outsideWorld },
);

scenario(
  "status needs a person for the password of a private key, unless a file holds it",
  async (scene) => {
    const keys = ecKeys();
    await scene.write("work/server.pem", serverCertificate({ subject: "server", keys }));
    await scene.write("work/locked.pem", keyPem(keys, "made-up password"));
    const args = ["--certificate", "server.pem", "--private-key", "locked.pem", ...outsideArns];
    for (const more of [[], ["--offline"]]) {
      const { status, report, codes } = await reported(scene, [...args, ...more]);
      expect({ status, codes }).toEqual({ status: 4, codes: ["sign-in-needed"] });
      expect(report.credentials.renewable).toBe(false);
    }
    expect(scene.standIn.requests).toEqual([]);
    await scene.write("work/password", "made-up password\n");
    const byFile = await reported(scene, [...args, "--private-key-password-file", "password"]);
    expect({ status: byFile.status, codes: byFile.codes }).toEqual({ status: 0, codes: [] });
    expect(byFile.report.credentials.renewable).toBe(true);
  },
  { world: outsideWorld },
);

scenario("status needs a person for console credentials that are not stored, offline too", async (scene) => {
  const session = "arn:aws:iam::111111111111:user/ana";
  await scene.write("home/.aws/config", `[profile dev]\nlogin_session = ${session}\n`);
  for (const more of [[], ["--offline"]]) {
    const { status, report, codes } = await reported(scene, ["--profile", "dev", ...more]);
    expect({ status, codes }).toEqual({ status: 4, codes: ["sign-in-needed"] });
    expect(report.credentials.renewable).toBe(false);
    expect(report.findings[0].hint).toBe("sign in with: aws-login login --profile dev");
  }
});

scenario(
  "status says who a web identity token is, whatever the profile and the environment are",
  async (scene) => {
    const token = await scene.write("run/token", "made-up.token", 0o644);
    await scene.write("home/.aws/config", `[default]\ncredential_process = false\n`);
    const args = ["--web-identity-token", token, "--role-arn", ring];
    const { status, report, codes } = await reported(scene, args, ANA);
    expect({ status, codes }).toEqual({ status: 0, codes: [] });
    expect(report.source).toMatchObject({
      kind: "web-identity",
      from: `web identity of --web-identity-token ${token}`,
      profile: null,
      file: null,
      variable: null,
    });
    expect(report.credentials.renewable).toBe(true);
  },
  { world: { ...outsideWorld, webIdentities: [{ token: "made-up.token", roles: [ring] }] } },
);

scenario("status runs no mfa_process, and needs a person where there is none", async (scene) => {
  const role = `[profile g]\nrole_arn = ${guarded}\nsource_profile = ana\nmfa_serial = ${serial}\n`;
  const ran = join(scene.root, "ran");
  await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
  await scene.write("home/.aws/config", `${role}mfa_process = touch ${ran}\n`);
  const byCommand = await reported(scene, ["--profile", "g"]);
  expect({ status: byCommand.status, codes: byCommand.codes }).toEqual({
    status: 0,
    codes: ["mfa-not-asked"],
  });
  expect(byCommand.report.credentials.renewable).toBe(true);
  expect(byCommand.report.source.chain).toEqual([{ kind: "role", role: guarded, mfa: serial }]);
  expect(await Bun.file(ran).exists()).toBe(false);

  await scene.write("home/.aws/config", role);
  const byPerson = await reported(scene, ["--profile", "g"]);
  expect({ status: byPerson.status, codes: byPerson.codes }).toEqual({
    status: 4,
    codes: ["sign-in-needed"],
  });
  expect(byPerson.report.credentials.renewable).toBe(false);
  expect(scene.standIn.requests).toEqual([]);
});
