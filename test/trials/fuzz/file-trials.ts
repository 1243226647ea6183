/** Mutated files and command lines for the executable. */

import { entryFiles } from "../../end-to-end/support/cached-credentials.ts";
import { ANA, keyLines } from "../../end-to-end/support/identities.ts";
import { config, role, sessionToken, startUrl, tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { CONFIG_FILES, SECRET_LINES } from "./config-samples.ts";
import { withoutStrays } from "./judge.ts";
import { mutated, mutatedWords, pick } from "./mutate.ts";
import { type ProgramInput, programTrial, wrongHelperAnswer } from "./program.ts";
import { COMMAND_LINES, secretsBelong, WORDS } from "./word-samples.ts";

const { jump } = SAMPLE_ROLES;

/** Without commands, which a mutation could make other commands of. */
const configs = CONFIG_FILES.map((text) => text.replaceAll("credential_process", "credential_none"));
const credentials = `[default]\n${keyLines(SAMPLE_KEYS.ana)}[base]\n${keyLines(SAMPLE_KEYS.ana)}`;

export const configFiles = programTrial({
  name: "config files",
  inputs: 40,
  prepare: async () => {},
  make: (random): ProgramInput => {
    const profile = pick(
      ["default", "dev", "base", "deploy", "my prof", "web", "legacy", "indented", "ring"],
      random,
    );
    return {
      args: [
        ...pick([["getcallerid"], ["getcallerid", "--profile", profile], ["dumpcreds", "--verbose"]], random),
        ...["--sign-in", "never"],
      ],
      env: { AWS_PROFILE: profile, AWS_LOGIN_HOME: undefined },
      files: {
        ".aws/config": withoutStrays(mutated(configs, random), SECRET_LINES),
        ".aws/credentials": random() < 0.5 ? credentials : mutated([credentials], random),
      },
    };
  },
});

export const writtenConfigFiles = programTrial({
  name: "config files that dumpconfig writes to",
  inputs: 20,
  prepare: async ({ standIn }) => tokenFile(standIn.signIn(), 3600),
  make: (random, token): ProgramInput => ({
    args: ["dumpconfig", "--accesstoken-cache", "~/token.json", "--write"],
    files: { ".aws/config": withoutStrays(mutated(configs, random), SECRET_LINES), "token.json": token },
    wrongOutput: (stdout) => (stdout === "" ? undefined : `it writes to stdout: ${stdout}`),
  }),
});

export const tokenFiles = programTrial({
  name: "sign-in tokens",
  inputs: 40,
  prepare: async ({ standIn }) => tokenFile(standIn.signIn(), 3600),
  make: (random, token): ProgramInput => {
    const mutation = mutated([token, "{}"], random);
    const named = ["dumpcreds", "--credential-helper", "--accesstoken-cache", "~/token.json", ...role];
    return {
      args: pick(
        [
          ["getcallerid", "--profile", "s", "--sign-in", "never"],
          ["dumpcreds", "--credential-helper", "--profile", "s"],
          named,
          ["importcache", "--accesstoken-cache", "~/token.json"],
          ["dumpconfig", "--accesstoken-cache", "~/token.json", "--start-url", startUrl],
        ],
        random,
      ),
      files: {
        ".aws/config": config,
        [sessionToken.replace(/^home\//, "")]: mutation,
        "token.json": mutation,
      },
    };
  },
});

const ask = ["dumpcreds", "--credential-helper", "--use-cache", "--assume-roles", jump];

export const cacheEntries = programTrial({
  name: "cached credentials",
  inputs: 40,
  prepare: async (scene) => {
    const { stdout } = await scene.run(ask, {
      ...ANA,
      HTTP_PROXY: scene.standIn.proxyUrl,
      AWS_MAX_ATTEMPTS: "1",
    });
    const [path = ""] = await entryFiles(scene);
    const text = await Bun.file(path).text();
    return { path: path.slice(scene.home.length + 1), text, stdout, standIn: scene.standIn };
  },
  make: (random, { path, text, stdout, standIn }): ProgramInput => ({
    args: ask,
    env: ANA,
    files: { [path]: mutated([text], random) },
    wrongOutput: (output) => {
      const isNew = standIn.requests.some(({ action }) => action === "AssumeRole");
      if (isNew) return wrongHelperAnswer(output);
      return output === stdout ? undefined : `it serves what no run cached: ${output}`;
    },
  }),
});

export const commandLines = programTrial({
  name: "command lines",
  inputs: 60,
  prepare: async () => {},
  make: (random): ProgramInput => {
    for (;;) {
      const args = mutatedWords(COMMAND_LINES, WORDS, random).map((word) => word.slice(0, 50_000));
      // No person signs in here: without a client the run has nothing to wait for.
      const faults = [
        { match: { service: "oidc" }, times: 1000, effect: { kind: "status", status: 400, body: "empty" } },
      ] as const;
      if (secretsBelong(args)) {
        return {
          args,
          faults,
          wrongOutput: (stdout) => (/^$|\n$/.test(stdout) ? undefined : "stdout is not whole"),
        };
      }
    }
  },
});

export const processOutputs = programTrial({
  name: "output of a credential_process",
  inputs: 20,
  prepare: async () =>
    JSON.stringify({
      Version: 1,
      AccessKeyId: ANA.AWS_ACCESS_KEY_ID,
      SecretAccessKey: ANA.AWS_SECRET_ACCESS_KEY,
      Expiration: "2099-12-31T00:00:00Z",
    }),
  make: (random, printed): ProgramInput => ({
    args: pick([["getcallerid"], ["dumpcreds", "--credential-helper"]], random),
    env: { AWS_PROFILE: "dev" },
    files: {
      ".aws/config": "[profile dev]\ncredential_process = cat $HOME/printed\n",
      printed: mutated([printed], random),
    },
  }),
});
