import { expect } from "bun:test";
import { SAMPLE_KEYS } from "../stand-in/sample-world.ts";
import { keyLines } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { nothingFound, stderrText } from "./support/stderr-text.ts";

const commands: readonly (readonly string[])[] = [
  ["getcallerid"],
  ["dumpcreds"],
  ["dumpcreds", "--credential-helper"],
  ["console", "--no-browser"],
  ["runas", "--", "echo", "never"],
];

for (const args of commands) {
  scenario(
    `${args.join(" ")} without any credentials lists every source and why it did not apply`,
    async (scene) => {
      expect(await scene.run(args)).toEqual({
        status: 3,
        stdout: "",
        stderr: nothingFound(scene.home, "AWS_EC2_METADATA_DISABLED is true"),
      });
      expect(scene.standIn.connections).toEqual([]);
    },
  );
}

scenario("a job of GitHub Actions without credentials is told of its token", async (scene) => {
  const url = "https://actions.example/idtoken?api-version=2.0";
  const { status, stderr } = await scene.run(["getcallerid"], { ACTIONS_ID_TOKEN_REQUEST_URL: url });
  expect(status).toBe(3);
  expect(stderr).toContain(
    "aws-login: hint: for a role by the token of this job: --web-identity-token github --role-arn ARN\n",
  );
});

/** Ways to name a profile that is not there. */
const missing: Record<string, { args: string[]; env: Record<string, string>; from: string }> = {
  "--profile": { args: ["--profile", "prodd"], env: {}, from: "--profile" },
  AWS_PROFILE: { args: [], env: { AWS_PROFILE: "prodd" }, from: "AWS_PROFILE" },
  AWS_DEFAULT_PROFILE: { args: [], env: { AWS_DEFAULT_PROFILE: "prodd" }, from: "AWS_DEFAULT_PROFILE" },
};

for (const [name, { args, env, from }] of Object.entries(missing)) {
  scenario(
    `a profile that is not there, named by ${name}, ends with status 3 and the nearest name`,
    async (scene) => {
      const config = await scene.write("home/.aws/config", "[profile prod]\nregion = eu-west-1\n");
      const ended = await scene.run(["dumpcreds", ...args], env);
      expect(ended).toEqual({
        status: 3,
        stdout: "",
        stderr: stderrText({
          error: `cannot use profile prodd (from ${from}): it is neither in ${config} nor in ${scene.home}/.aws/credentials`,
          hints: ["did you mean prod?"],
        }),
      });
    },
  );
}

scenario("a profile without credentials ends with status 3, and no other source is used", async (scene) => {
  await scene.write("home/.aws/config", "[profile empty]\nregion = eu-west-1\n");
  const ended = await scene.run(["dumpcreds", "--profile", "empty"], {
    AWS_ACCESS_KEY_ID: SAMPLE_KEYS.ana.accessKeyId,
    AWS_SECRET_ACCESS_KEY: SAMPLE_KEYS.ana.secretAccessKey,
  });
  expect(ended).toEqual({
    status: 3,
    stdout: "",
    stderr: stderrText({
      error: "cannot use profile empty: it holds no credentials",
      hints: ["give it some with: aws configure --profile empty"],
    }),
  });
});

scenario("half a key pair in the environment is an error, and no other source is used", async (scene) => {
  await scene.write("home/.aws/credentials", `[default]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const ended = await scene.run(["dumpcreds"], { AWS_ACCESS_KEY_ID: "AKIAMADEUPMADEUPMADE" });
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot use the keys of the environment: AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not",
      hints: [
        "set AWS_SECRET_ACCESS_KEY too, or unset AWS_ACCESS_KEY_ID to use another source of credentials",
      ],
    }),
  });
});

scenario("expired keys of the environment are refused before any call", async (scene) => {
  const ended = await scene.run(["getcallerid"], {
    AWS_ACCESS_KEY_ID: "ASIAMADEUPMADEUPMADE",
    AWS_SECRET_ACCESS_KEY: "made-up",
    AWS_SESSION_TOKEN: "made-up",
    AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z",
  });
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot use the credentials of the environment: they expired at 2020-01-01T00:00:00Z",
      hints: ["renew them where they came from"],
    }),
  });
  expect(scene.standIn.connections).toEqual([]);
});
