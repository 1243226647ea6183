import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyVariables } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";

const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
const token = "made+up/token=with==signs";
const withToken = { ...ANA, AWS_SESSION_TOKEN: token };

/** What each form prints of keys that are in the environment: with a session token, and without. */
const forms: Record<string, readonly [string, string]> = {
  linux: [
    `# Your session credentials are...
export AWS_ACCESS_KEY_ID=${accessKeyId}
export AWS_SECRET_ACCESS_KEY=${secretAccessKey}
export AWS_SESSION_TOKEN=${token}
`,
    `# Your session credentials are...
export AWS_ACCESS_KEY_ID=${accessKeyId}
export AWS_SECRET_ACCESS_KEY=${secretAccessKey}
unset AWS_SESSION_TOKEN
`,
  ],
  windows: [
    `REM Your session credentials are...
SET AWS_ACCESS_KEY_ID=${accessKeyId}
SET AWS_SECRET_ACCESS_KEY=${secretAccessKey}
SET AWS_SESSION_TOKEN=${token}
`,
    `REM Your session credentials are...
SET AWS_ACCESS_KEY_ID=${accessKeyId}
SET AWS_SECRET_ACCESS_KEY=${secretAccessKey}
SET AWS_SESSION_TOKEN=
`,
  ],
  powershell: [
    `# Your session credentials are...
$Env:AWS_ACCESS_KEY_ID='${accessKeyId}'
$Env:AWS_SECRET_ACCESS_KEY='${secretAccessKey}'
$Env:AWS_SESSION_TOKEN='${token}'
`,
    `# Your session credentials are...
$Env:AWS_ACCESS_KEY_ID='${accessKeyId}'
$Env:AWS_SECRET_ACCESS_KEY='${secretAccessKey}'
$Env:AWS_SESSION_TOKEN=$null
`,
  ],
  fish: [
    `# Your session credentials are...
set -gx AWS_ACCESS_KEY_ID ${accessKeyId}
set -gx AWS_SECRET_ACCESS_KEY ${secretAccessKey}
set -gx AWS_SESSION_TOKEN ${token}
`,
    `# Your session credentials are...
set -gx AWS_ACCESS_KEY_ID ${accessKeyId}
set -gx AWS_SECRET_ACCESS_KEY ${secretAccessKey}
set -e AWS_SESSION_TOKEN; or true
`,
  ],
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

for (const [form, [temporary, longTerm]] of Object.entries({ ...forms, mac: forms.linux ?? ["", ""] })) {
  scenario(
    `dumpcreds --outform ${form} prints the keys of the environment and asks nobody`,
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
  scenario(`dumpcreds says any value so that ${shell} reads it back byte for byte`, async (scene) => {
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

scenario("dumpcreds that fails gives the shell nothing to read", async (scene) => {
  const line = `AWS_ACCESS_KEY_ID=before\nsource <(aws-login dumpcreds --profile none 2> /dev/null)\necho "$AWS_ACCESS_KEY_ID"`;
  expect(await scene.bash(line)).toEqual({ status: 0, stdout: "before\n", stderr: "" });
});
