import { expect } from "bun:test";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { callerOf, keyLines } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

interface Broken {
  readonly config?: string;
  readonly credentials?: string;
  /** FILE stands for the path of the file at fault, HOME for the home directory. */
  readonly error: string;
  readonly hint?: string;
}

const ana = `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`;
const jump = `[profile dev]\nrole_arn = ${SAMPLE_ROLES.jump}\n`;

/** Files that `--profile dev` cannot be read from; the secret in them must not be shown. */
const broken: Record<string, Broken> = {
  "a line without =": {
    config: "[profile dev]\nregion = eu-west-1\nmade-up-secret\n",
    error: "cannot parse HOME/.aws/config: line 3 has no = between a name and a value",
    hint: "correct line 3 of HOME/.aws/config, or put a # in front of it",
  },
  "a line without a name": {
    credentials: "[dev]\n= made-up-secret\n",
    error: "cannot parse HOME/.aws/credentials: line 2 has no name before the =",
    hint: "correct line 2 of HOME/.aws/credentials, or put a # in front of it",
  },
  "seconds that no session lasts": {
    config: `${jump}source_profile = ana\nduration_seconds = -1\n`,
    credentials: ana,
    error: `cannot assume ${SAMPLE_ROLES.jump} (profile dev, HOME/.aws/config:2): a role session lasts 900 to 43200 seconds, not -1`,
    hint: "correct duration_seconds (HOME/.aws/config:4)",
  },
  "an account id in quotes": {
    config: `[profile dev]\nsso_session = corp\nsso_account_id = "012345678901"\nsso_role_name = Ops\n[sso-session corp]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = us-east-1\n`,
    error:
      "cannot use profile dev (HOME/.aws/config:3): sso_account_id is in quotes, which count as part of the value",
    hint: "write sso_account_id = 012345678901",
  },
  "a session name with blanks and no quotes": {
    config:
      "[profile dev]\nsso_session = My Corp\nsso_account_id = 012345678901\nsso_role_name = Ops\n[sso-session My Corp]\n",
    error:
      "cannot use profile dev (HOME/.aws/config:2): there is no section [sso-session My Corp] in HOME/.aws/config",
    hint: "line 5 of HOME/.aws/config must read [sso-session 'My Corp']",
  },
  "a header without its bracket": {
    config: "[profile other]\nregion = eu-west-1\n\n[profile dev\nregion = eu-west-1\n",
    error: "cannot parse HOME/.aws/config: line 4 has no ] after the section's name",
    hint: "correct line 4 of HOME/.aws/config, or put a # in front of it",
  },
  "a setting before any section": {
    credentials: `# mine\naws_secret_access_key = made-up-secret\n${ana}`,
    error: "cannot parse HOME/.aws/credentials: line 2 stands before the first [section]",
    hint: "correct line 2 of HOME/.aws/credentials, or put a # in front of it",
  },
  "half a key pair": {
    credentials: "[dev]\naws_access_key_id = AKIAMADEUPMADEUPMADE\n",
    error:
      "cannot use the keys of profile dev: aws_access_key_id is set at HOME/.aws/credentials:2, and aws_secret_access_key is missing",
    hint: "complete it with: aws configure --profile dev",
  },
  "a role without a source": {
    config: jump,
    error:
      "cannot use the role of profile dev (HOME/.aws/config:2): it has neither source_profile nor credential_source",
    hint: "add source_profile = NAME, the profile whose credentials may assume the role",
  },
  "a source that does not exist": {
    config: `${jump}source_profile = absent\n`,
    error: "cannot use the role of profile dev (HOME/.aws/config:3): there is no source profile absent",
    hint: "the profiles are: dev",
  },
  "source profiles that form a circle": {
    config: `${jump}source_profile = b\n[profile b]\nrole_arn = ${SAMPLE_ROLES.relay}\nsource_profile = dev\n`,
    error:
      "cannot use the role of profile b (HOME/.aws/config:6): the source profiles form a circle: dev -> b -> dev",
    hint: "give one of them credentials of its own in place of source_profile",
  },
};

for (const [name, { config, credentials, error, hint }] of Object.entries(broken)) {
  scenario(`a configuration with ${name} ends with status 1, file and line`, async (scene) => {
    if (config !== undefined) await scene.write("home/.aws/config", config);
    if (credentials !== undefined) await scene.write("home/.aws/credentials", credentials);
    const place = (text: string) => text.replaceAll("HOME", scene.home);
    const hints = hint === undefined ? [] : [place(hint)];
    expect(await scene.run(["getcallerid", "--profile", "dev"])).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({ error: place(error), hints }),
    });
    expect(scene.standIn.connections).toEqual([]);
  });
}

scenario("a broken line of another profile is ignored", async (scene) => {
  await scene.write("home/.aws/config", `[profile other]\nnonsense\n${jump}source_profile = ana\n`);
  await scene.write("home/.aws/credentials", ana);
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  expect(await scene.run(["getcallerid", "--profile", "dev"])).toEqual({ status: 0, stdout, stderr: "" });
});

for (const file of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) {
  scenario(`${file} that names a device without an end is an error that says so`, async (scene) => {
    const ended = await scene.run(["getcallerid"], { [file]: "/dev/zero" });
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toContain(" file /dev/zero: it is longer than 64 MiB\n");
  });
}

scenario("a token on stdin that does not end is an error that says so", async (scene) => {
  const role =
    "--sso-acct-id 111111111111 --sso-role-name Ops --start-url https://d-1234567890.awsapps.com/start";
  const ended = await scene.bash(`yes | aws-login getcallerid --sso-access-token - ${role}`);
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot read stdin: it is longer than 4 MiB",
      hints: ["write the token alone to it"],
    }),
  });
});

scenario("twenty thousand profiles, each the source of another, are an error, not a crash", async (scene) => {
  const one = (index: number) =>
    `[profile p${index}]\nrole_arn = ${SAMPLE_ROLES.jump}\nsource_profile = p${index + 1}\n`;
  await scene.write("home/.aws/config", [...Array(20_000).keys()].map(one).join(""));
  const ended = await scene.run(["getcallerid", "--profile", "p0"]);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(ended.stderr).toContain("more than 100 profiles lead to it by source_profile\n");
});

scenario("a config file that cannot be read is an error that names it", async (scene) => {
  await scene.write("home/.aws/config/folder", "");
  const ended = await scene.run(["getcallerid"]);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(ended.stderr).toStartWith(
    `aws-login: error: cannot read the config file ${scene.home}/.aws/config: `,
  );
  expect(ended.stderr).toEndWith(`\naws-login: hint: make ${scene.home}/.aws/config readable for you\n`);
});

if (process.getuid?.() !== 0) {
  scenario("a credentials file without the right to read it is an error that names it", async (scene) => {
    const file = await scene.write("home/.aws/credentials", ana);
    await chmod(file, 0);
    const ended = await scene.run(["getcallerid"]);
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toStartWith(`aws-login: error: cannot read the credentials file ${file}: `);
  });
}

scenario(
  "a name with blanks in the credentials file counts beside its header in the config file",
  async (scene) => {
    const file = await scene.write("home/.aws/credentials", `[my prof]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const config = join(scene.home, ".aws/config");
    const alone = await scene.run(["getcallerid", "--profile", "my prof"]);
    expect([alone.status, alone.stderr]).toEqual([
      3,
      `aws-login: error: cannot use profile my prof (from --profile): a name that needs quotes must be in ${config}; line 1 of ${file} counts only beside it
aws-login: hint: add the line [profile 'my prof'] to ${config}
`,
    ]);
    await scene.write("home/.aws/config", "[profile 'my prof']\n");
    const beside = await scene.run(["getcallerid", "--profile", "my prof"]);
    expect([beside.status, beside.stderr]).toEqual([0, ""]);
  },
);

scenario("AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name the files", async (scene) => {
  await scene.write("home/elsewhere/config", `${jump}source_profile = ana\n`);
  await scene.write("work/keys", ana);
  const env = {
    AWS_CONFIG_FILE: "~/elsewhere/config",
    AWS_SHARED_CREDENTIALS_FILE: "keys",
    AWS_PROFILE: "dev",
  };
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  expect(await scene.run(["getcallerid"], env)).toEqual({ status: 0, stdout, stderr: "" });
});

scenario("a profile name in bytes that are not UTF-8 finds no other profile", async (scene) => {
  const file = join(scene.home, ".aws/config");
  await scene.write("home/.aws/config", "");
  const latin = (text: string) => Buffer.from(text, "latin1");
  await writeFile(
    file,
    latin(
      `[profile p\xe8]\n${keyLines(SAMPLE_KEYS.ana)}[profile q]\nsource_profile = p\xe8\nrole_arn = ${SAMPLE_ROLES.jump}\n`,
    ),
  );
  const ended = await scene.run(["getcallerid", "--profile", "q"]);
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: `aws-login: error: cannot use profile p\ufffd: its name is not UTF-8\naws-login: hint: save ${file} as UTF-8, and give the name in UTF-8\n`,
  });
});

scenario("a setting without effect is a warning, and none for an SDK", async (scene) => {
  const file = await scene.write(
    "home/.aws/config",
    `[profile dev]\ncredential_process = mine\nregoin = eu-west-1\n${keyLines(SAMPLE_KEYS.ana)}`,
  );
  const { status, stderr } = await scene.run(["dumpcreds", "--profile", "dev"]);
  expect(status).toBe(0);
  expect(stderr).toBe(
    `aws-login: warning: profile dev: regoin (${file}:3) has no effect: did you mean region?
aws-login: warning: profile dev: credential_process (${file}:2) is not used: aws_access_key_id (${file}:4) comes first
`,
  );
  const helper = await scene.run(["dumpcreds", "--profile", "dev", "--credential-helper"]);
  expect([helper.status, helper.stderr]).toEqual([0, ""]);
});
