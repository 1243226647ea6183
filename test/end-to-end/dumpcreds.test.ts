import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { ANA, callerOf, keyVariables } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";

const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
const token = "made+up/token=with==signs";
const withToken = { ...ANA, AWS_SESSION_TOKEN: token };

/** How a form sets and unsets a variable, and how its comment begins. */
interface Form {
  readonly set: (name: string, value: string) => string;
  readonly unset: (name: string) => string;
  readonly comment: string;
}

const posix: Form = {
  set: (name, value) => `export ${name}=${value}`,
  unset: (name) => `unset ${name};`,
  comment: "#",
};
const shells: Record<string, Form> = {
  linux: posix,
  mac: posix,
  windows: { set: (name, value) => `SET ${name}=${value}`, unset: (name) => `SET ${name}=`, comment: "REM" },
  powershell: {
    set: (name, value) => `$Env:${name}='${value}'`,
    unset: (name) => `$Env:${name}=$null`,
    comment: "#",
  },
  fish: {
    set: (name, value) => `set -gx ${name} ${value};`,
    unset: (name) => `set -e ${name}; or true;`,
    comment: "#",
  },
};

function printed({ set, unset, comment }: Form, sessionToken: string | undefined): string {
  const lines = [
    ...(sessionToken === undefined ? [unset("AWS_SESSION_TOKEN")] : []),
    ...["AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID"].map(unset),
    set("AWS_ACCESS_KEY_ID", accessKeyId),
    set("AWS_SECRET_ACCESS_KEY", secretAccessKey),
    ...(sessionToken === undefined ? [] : [set("AWS_SESSION_TOKEN", sessionToken)]),
    `${comment} Your session credentials are...`,
  ];
  return `${lines.join("\n")}\n`;
}

/** What each form prints of keys that are in the environment: with a session token, and without. */
const forms: Record<string, readonly [string, string]> = {
  ...Object.fromEntries(
    Object.entries(shells).map(([name, form]) => [name, [printed(form, token), printed(form, undefined)]]),
  ),
  env: [
    `AWS_ACCESS_KEY_ID=${accessKeyId}
AWS_SECRET_ACCESS_KEY=${secretAccessKey}
AWS_SESSION_TOKEN=${token}
`,
    `AWS_ACCESS_KEY_ID=${accessKeyId}
AWS_SECRET_ACCESS_KEY=${secretAccessKey}
AWS_SESSION_TOKEN=
`,
  ],
  json: [
    `{
    "AccessKeyId": "${accessKeyId}",
    "SecretAccessKey": "${secretAccessKey}",
    "SessionToken": "${token}"
}
`,
    `{
    "AccessKeyId": "${accessKeyId}",
    "SecretAccessKey": "${secretAccessKey}"
}
`,
  ],
};

for (const [form, [temporary, longTerm]] of Object.entries(forms)) {
  scenario(
    `dumpcreds --outform ${form} prints the keys of the environment without a request`,
    async (scene) => {
      for (const word of [form, form.toUpperCase()]) {
        const ended = await scene.run(["dumpcreds", "--outform", word], withToken);
        expect(ended).toEqual({ status: 0, stdout: temporary, stderr: "" });
      }
      const ended = await scene.run([`--outform=${form}`, "dumpcreds"], ANA);
      expect(ended).toEqual({ status: 0, stdout: longTerm, stderr: "" });
      expect(scene.standIn.connections).toEqual([]);
    },
  );
}

scenario("dumpcreds without --outform prints the form of this platform's shell", async (scene) => {
  const ended = await scene.run(["dumpcreds"], withToken);
  expect(ended).toEqual({ status: 0, stdout: forms.linux?.[0] ?? "", stderr: "" });
});

scenario(
  "dumpcreds --credential-helper prints one line, without a SessionToken when there is none",
  async (scene) => {
    const keys = `"AccessKeyId":"${accessKeyId}","SecretAccessKey":"${secretAccessKey}"`;
    expect(await scene.run(["dumpcreds", "--credential-helper"], ANA)).toEqual({
      status: 0,
      stdout: `{"Version":1,${keys}}\n`,
      stderr: "",
    });
    const more = { AWS_CREDENTIAL_EXPIRATION: "2199-01-31T12:00:00+01:00", AWS_ACCOUNT_ID: "012345678901" };
    expect(await scene.run(["dumpcreds", "--credential-helper"], { ...withToken, ...more })).toEqual({
      status: 0,
      stdout: `{"Version":1,${keys},"SessionToken":"${token}","Expiration":"2199-01-31T11:00:00Z","AccountId":"012345678901"}\n`,
      stderr: "",
    });
  },
);

scenario("dumpcreds prints keys that AWS accepts, a token of 900 characters included", async (scene) => {
  const dumped = await scene.run(
    ["dumpcreds", "--outform", "json", "--assume-roles", SAMPLE_ROLES.reader],
    ANA,
  );
  expect({ ...dumped, stdout: "" }).toEqual({ status: 0, stdout: "", stderr: "" });
  const { AccessKeyId, SecretAccessKey, SessionToken, AccountId } = JSON.parse(dumped.stdout);
  expect(AccountId).toBe("012345678901");
  const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.reader);
  expect(await scene.run(["getcallerid"], keyVariables(keys))).toEqual({ status: 0, stdout, stderr: "" });
});

/** Values that a shell would take apart, expand or run. */
const awkward = "a b'c\"d$HOME`id`\\e;f&g|h<i>(j)*?~#é\tk";

for (const shell of ["bash", "sh"]) {
  scenario(`dumpcreds quotes any value so that ${shell} reads it back byte for byte`, async (scene) => {
    const env = { AWS_ACCESS_KEY_ID: "=x", AWS_SECRET_ACCESS_KEY: awkward, AWS_SESSION_TOKEN: "-n" };
    const line = `eval "$(aws-login dumpcreds)"; env | grep -a '^AWS_[AS].*=' | sort | grep -v CA_BUNDLE`;
    const script = await scene.write("script", line);
    const ended = await scene.bash(`${shell} ${script}`, env);
    const stdout = `AWS_ACCESS_KEY_ID==x\nAWS_SECRET_ACCESS_KEY=${awkward}\nAWS_SESSION_TOKEN=-n\n`;
    expect(ended).toEqual({ status: 0, stdout, stderr: "" });
  });
}

scenario("source <(aws-login dumpcreds) takes an older session's token away", async (scene) => {
  await scene.write(
    "home/.aws/credentials",
    `[ana]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = x\n`,
  );
  const line = `export AWS_SESSION_TOKEN=old\nsource <(aws-login dumpcreds --profile ana)\necho "\${AWS_SESSION_TOKEN-unset}"`;
  expect(await scene.bash(line)).toEqual({ status: 0, stdout: "unset\n", stderr: "" });
});

/** Variables of an identity that the shell had before, and a look at them. */
const stale = {
  AWS_SESSION_TOKEN: "stale",
  AWS_SECURITY_TOKEN: "stale",
  AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z",
  AWS_ACCOUNT_ID: "999999999999",
  AWS_REGION: "sa-east-1",
};
const look =
  "aws-login getcallerid; env | grep -aE '^AWS_(SEC|CRED|ACC.*ID=9|REGION)' | grep -v SECRET | sort";

const takeovers: Record<string, readonly [shell: string, line: string]> = {
  "eval $(…) without quotes in bash": ["bash --norc", "eval $(aws-login dumpcreds ARGS)"],
  "eval $(…) without quotes in dash": ["dash", "eval $(aws-login dumpcreds ARGS)"],
  "eval $(…) without quotes in zsh": ["zsh -f", "eval $(aws-login dumpcreds ARGS)"],
  "source <(…) in bash": ["bash --norc", "source <(aws-login dumpcreds ARGS)"],
  "source <(…) in zsh": ["zsh -f", "source <(aws-login dumpcreds ARGS)"],
  "… | source in fish": ["fish --no-config", "aws-login dumpcreds --outform fish ARGS | source"],
};
for (const [name, [shell, line]] of Object.entries(takeovers)) {
  scenario(
    `${name} puts the whole identity in the place of an older one`,
    async (scene) => {
      await scene.write(
        "home/.aws/config",
        `[profile reader]\nrole_arn = ${SAMPLE_ROLES.reader}\nsource_profile = ana\nregion = eu-west-1\n`,
      );
      await scene.write(
        "home/.aws/credentials",
        `[ana]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );
      const reader = await scene.write("reader", `${line.replace("ARGS", "--profile reader")}\n${look}\n`);
      const caller = callerOf(scene.standIn, SAMPLE_ROLES.reader);
      const role = await scene.bash(`${shell} ${reader}`, stale);
      expect({
        ...role,
        stdout: role.stdout.replace(/^(AWS_CREDENTIAL_EXPIRATION=)20\d\d-.*Z$/m, "$1…"),
      }).toEqual({
        status: 0,
        stdout: `${caller}AWS_CREDENTIAL_EXPIRATION=…\nAWS_REGION=eu-west-1\n`,
        stderr: "",
      });
      expect(role.stdout).not.toContain(stale.AWS_CREDENTIAL_EXPIRATION);

      const ana = await scene.write("ana", `${line.replace("ARGS", "--profile ana")}\n${look}\n`);
      const user = await scene.bash(`${shell} ${ana}`, stale);
      expect({ ...user, stdout: user.stdout.split("\n").slice(4) }).toEqual({
        status: 0,
        stdout: ["}", "AWS_REGION=sa-east-1", ""],
        stderr: "",
      });
    },
    { only: "linux" },
  );
}

scenario("dumpcreds has its comment first on a terminal", async (scene) => {
  await using terminal = openTerminal([executable, "dumpcreds"], { ...scene.env, ...withToken });
  expect(await terminal.exited).toBe(0);
  expect(terminal.text()).toStartWith("# Your session credentials are...\r\nunset AWS_SECURITY_TOKEN;\r\n");
  expect(terminal.text()).toEndWith(`export AWS_SESSION_TOKEN=${token}\r\n`);
});

scenario("dumpcreds that fails gives the shell nothing to read", async (scene) => {
  const line = `AWS_ACCESS_KEY_ID=before\nsource <(aws-login dumpcreds --profile none 2> /dev/null)\necho "$AWS_ACCESS_KEY_ID"`;
  expect(await scene.bash(line)).toEqual({ status: 0, stdout: "before\n", stderr: "" });
});

scenario("a profile of keys in a file that does not parse is an error that names the line", async (scene) => {
  const path = await scene.write("home/.aws/config", "[profile keys]\nx\n");
  expect(await scene.run(["dumpcreds", "--profile", "keys"])).toEqual({
    status: 1,
    stdout: "",
    stderr: `aws-login: error: cannot parse ${path}: line 2 has no = between a name and a value
aws-login: hint: correct line 2 of ${path}, or put a # in front of it
`,
  });
});
