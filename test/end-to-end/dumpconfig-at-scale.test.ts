import { expect } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Scene, scenario } from "./support/scene.ts";
import { sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

const namesIn = (text: string) => [...text.matchAll(/^\[profile (.*)\]$/gm)].map(([, name]) => name);

/** Options that give the portal and a token for it. */
function tokenOptions(scene: Scene): readonly string[] {
  return ["--sso-access-token", scene.standIn.signIn().accessToken, "--start-url", startUrl];
}

scenario("dumpconfig prints the selected roles under the names of a template", async (scene) => {
  const words = [
    "--profile-name",
    "{account_name|slug}.{role|lower}",
    "--only",
    "ACCT readonly",
    "--only",
    "zürich",
  ];
  const { status, stdout, stderr } = await scene.run([
    "dumpconfig",
    ...tokenOptions(scene),
    ...words,
    "--except",
    "222222222222",
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const names = namesIn(stdout);
  expect(names).toContain("my-acct-1.readonlyaccess");
  expect(names.filter((name) => name?.startsWith("data-lake"))).toHaveLength(2);
  expect(names).toHaveLength(3);
});

scenario(
  "dumpconfig refuses a template and an option that cannot work, before any request",
  async (scene) => {
    const template = await scene.run([
      "dumpconfig",
      ...tokenOptions(scene),
      "--profile-name",
      "{account}-{role}",
    ]);
    expect(template).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'aws-login: error: cannot use --profile-name "{account}-{role}": it has no field {account}\naws-login: hint: the fields are: account_name, account_id, role, email\n',
    });
    expect(await scene.run(["dumpconfig", ...tokenOptions(scene), "--prune"])).toMatchObject({
      status: 2,
      stdout: "",
    });
    expect(await scene.run(["dumpconfig", ...tokenOptions(scene), "--only", " "])).toMatchObject({
      status: 2,
    });
    expect(scene.standIn.connections).toEqual([]);
  },
);

/** A config file with a secret, an account that had another name, a role that is lost, and what a person wrote. */
const before = `[default]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = made/up+canary
[sso-session my-sso]
sso_region = us-east-1
sso_start_url = ${startUrl}
sso_registration_scopes = sso:account:access

[profile old-name-ReadOnlyAccess]
sso_session = my-sso
sso_account_id = 222222222222
sso_role_name = ReadOnlyAccess
#region = us-east-1

[profile my-acct-1-Lost]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = Lost
#region = us-east-1

# Mine.
[profile kept]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = Lost
output = json

[profile chained]
source_profile = old-name-ReadOnlyAccess
role_arn = arn:aws:iam::333333333333:role/Deploy
`;

scenario("dumpconfig --dry-run shows what --write does, and writes nothing", async (scene) => {
  const path = await scene.write("home/.aws/config", before);
  const one = [...tokenOptions(scene), "--only", "222222222222", "--prune", "--rename"];
  const options = [...one, "--only", "lost"];
  // The profile of a lost role that is not selected stays.
  const selected = await scene.run(["dumpconfig", ...one, "--dry-run"]);
  expect(selected.stderr).toBe(
    `aws-login: would write ${path} (sections added: 0, changed: 0, renamed: 1)\n`,
  );
  const spared = await scene.run(["dumpconfig", ...options, "--except", "acct-1", "--dry-run"]);
  expect(spared.stderr).not.toContain("removed");
  const dry = await scene.run(["dumpconfig", ...options, "--dry-run"]);
  expect(dry.status).toBe(1);
  expect(dry.stderr).toBe(
    `aws-login: would write ${path} (sections added: 0, changed: 0, renamed: 1, removed: 1)\n`,
  );
  expect(dry.stdout).toStartWith(`--- ${path}\n+++ ${path}\n@@ `);
  expect(dry.stdout).not.toContain("canary");
  expect(await readFile(path, "utf8")).toBe(before);
  expect(await readdir(scene.home)).toEqual([".aws"]);

  const written = await scene.run(["dumpconfig", ...options, "--write"]);
  expect(written).toMatchObject({ status: 0, stdout: "" });
  const after = await readFile(path, "utf8");
  expect(after).toBe(
    before
      .replaceAll("old-name-ReadOnlyAccess", "my-acct-2-ReadOnlyAccess")
      .replace(/\[profile my-acct-1-Lost\](?:.|\n)*?(?=# Mine)/, ""),
  );
  await scene.write("old", before);
  await scene.write("diff", dry.stdout);
  const patched = await scene.bash("patch -s -o - ../old ../diff || exit 9");
  if (patched.status !== 127) expect(patched.stdout).toBe(after);

  const again = await scene.run(["dumpconfig", ...options, "--dry-run"]);
  expect(again).toEqual({ status: 0, stdout: "", stderr: `aws-login: ${path} is up to date\n` });
});

scenario(
  "dumpconfig --write keeps the name of a profile whose account has another name now",
  async (scene) => {
    const path = await scene.write("home/.aws/config", before);
    const { status } = await scene.run([
      "dumpconfig",
      ...tokenOptions(scene),
      "--only",
      "222222222222",
      "--write",
    ]);
    expect(status).toBe(0);
    expect(await readFile(path, "utf8")).toBe(before);
  },
);

scenario("dumpconfig --prune removes nothing after an incomplete listing", async (scene) => {
  const path = await scene.write("home/.aws/config", before);
  scene.standIn.fault({
    match: { action: "ListAccountRoles" },
    effect: { kind: "refusal", status: 403, code: "ForbiddenException", message: "No access" },
  });
  const options = [...tokenOptions(scene), "--only", "222222222222", "--prune", "--write"];
  const { status, stderr } = await scene.run(["dumpconfig", ...options]);
  expect(status).toBe(0);
  expect(stderr).toContain("aws-login: warning: no profile is removed: the listing is incomplete\n");
  expect(await readFile(path, "utf8")).toContain("[profile my-acct-1-Lost]");
});

scenario("dumpconfig --credential-process writes profiles that run this program", async (scene) => {
  const { standIn } = scene;
  await scene.write(sessionToken, tokenFile(standIn.signIn(), 3600));
  const options = ["--only", "my-acct-1 readonly", "--write", "--credential-process"];
  const written = await scene.run(["dumpconfig", ...tokenOptions(scene), ...options]);
  expect(written).toMatchObject({ status: 0, stdout: "" });
  const path = join(scene.home, ".aws/config");
  const text = await readFile(path, "utf8");
  expect(text).toContain(
    "[profile my-acct-1-ReadOnlyAccess]\ncredential_process = aws-login dumpcreds --credential-helper --use-cache --sso-session my-sso --sso-acct-id 111111111111 --sso-role-name ReadOnlyAccess\n",
  );
  for (const _ of ["asked of the portal", "cached"]) {
    const { status, stdout, stderr } = await scene.run([
      "getcallerid",
      "--profile",
      "my-acct-1-ReadOnlyAccess",
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("assumed-role/AWSReservedSSO_ReadOnlyAccess_");
  }
  expect(standIn.requests.filter(({ action }) => action === "GetRoleCredentials")).toHaveLength(1);

  const again = await scene.run(["dumpconfig", ...tokenOptions(scene), ...options, "--dry-run"]);
  expect(again).toMatchObject({ status: 0, stdout: "" });
  const other = await scene.run(["dumpconfig", ...tokenOptions(scene), ...options.slice(0, 3)]);
  expect(other.stderr).toContain(
    "[profile my-acct-1-ReadOnlyAccess] is left as it is: it has a source of its own",
  );
  expect(await readFile(path, "utf8")).toBe(text);
});
