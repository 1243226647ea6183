import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { callerOf } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";

const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;

/** How each shell is started with a script, and how it takes over the function. */
const shells: Record<string, readonly [start: string, init: string]> = {
  bash: ["bash --norc", 'eval "$(aws-login shell-init bash)"'],
  zsh: ["zsh -f", 'eval "$(aws-login shell-init zsh)"'],
  fish: ["fish --no-config", "aws-login shell-init fish | source"],
};

for (const [shell, [start, init]] of Object.entries(shells)) {
  scenario(
    `aws-use puts an identity into ${shell} in the place of another, and takes it out`,
    async (scene) => {
      await scene.write(
        "home/.aws/config",
        `[profile reader]\nrole_arn = ${SAMPLE_ROLES.reader}\nsource_profile = ana\nregion = eu-west-1\n`,
      );
      await scene.write(
        "home/.aws/credentials",
        `[ana]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
      );
      const look = "env | grep -ac '^AWS_[ACDPRS].*[^m]$'";
      const lines = [
        init,
        "aws-use --profile reader",
        "aws-login getcallerid",
        "env | grep -a '^AWS_[DPR]'",
        "aws-use --profile none; or true".replace("; or", shell === "fish" ? "; or" : " ||"),
        "aws-login getcallerid",
        "aws-use --clear",
        look,
      ];
      const script = await scene.write("script", `${lines.join("\n")}\n`);
      const stale = { AWS_PROFILE: "ana", AWS_DEFAULT_PROFILE: "ana", AWS_SESSION_TOKEN: "stale" };
      const caller = callerOf(scene.standIn, SAMPLE_ROLES.reader);
      const { stdout, stderr } = await scene.bash(`${start} ${script}`, stale);
      expect(stdout).toBe(`${caller}AWS_REGION=eu-west-1\n${caller}0\n`);
      expect(stderr).toStartWith("aws-login: error: cannot use profile none (from --profile): ");
    },
    { only: "linux" },
  );
}

scenario("dumpcreds --clear takes an identity out of a POSIX shell", async (scene) => {
  const line = `eval "$(aws-login dumpcreds --clear)"; eval $(aws-login dumpcreds --clear); env | grep -ac '^AWS_[ACDPRS].*[^m]$'`;
  const script = await scene.write("script", line);
  const stale = {
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "s",
    AWS_SESSION_TOKEN: "t",
    AWS_REGION: "r",
  };
  for (const shell of ["sh", "bash", "dash"]) {
    if (Bun.which(shell) === null) continue;
    expect(await scene.bash(`${shell} ${script}`, stale)).toMatchObject({ stdout: "0\n", stderr: "" });
  }
  expect(scene.standIn.connections).toEqual([]);
});
