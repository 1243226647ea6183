/** The commands whose calls fail: those that change files, and these, which answer. */
import { expect } from "bun:test";
import { ANA } from "../../end-to-end/support/identities.ts";
import type { Ended } from "../../end-to-end/support/run.ts";
import { config, role, startUrl } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { configMode } from "../kills/flaw.ts";
import { type Killable, killables } from "../kills/killables.ts";

const { accessKeyId, secretAccessKey } = SAMPLE_KEYS.ana;
const jump = ["--assume-roles", SAMPLE_ROLES.jump];

/** Succeeds without a word on stderr; its answer begins like this. */
const prints =
  (answer: RegExp) =>
  async ({ status, stdout, stderr }: Ended): Promise<void> => {
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(answer);
  };
const nothing = async () => {};

const answering: Readonly<Record<string, Killable>> = {
  "who the caller is": {
    args: ["getcallerid", ...jump],
    env: ANA,
    prepare: nothing,
    check: prints(/assumed-role\/Jump\/aws-login"\n}\n$/),
  },
  "credentials for a shell": {
    args: ["dumpcreds", ...jump, "--role-session-name", "shell"],
    env: ANA,
    prepare: nothing,
    check: prints(/export AWS_SESSION_TOKEN=/),
  },
  "a program that is run": {
    args: ["runas", ...jump, "--", "sh", "-c", "echo $AWS_SESSION_TOKEN | wc -l"],
    env: ANA,
    prepare: nothing,
    check: prints(/^ *1\n$/),
  },
  "the address of the console": {
    args: ["console", "--no-browser", ...jump],
    env: ANA,
    prepare: nothing,
    check: prints(/^https:\/\//),
  },
  "the output of a credential_process": {
    args: ["dumpcreds", "--credential-helper", "--profile", "helped"],
    prepare: async (home) => {
      const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
      const command = `echo '${JSON.stringify(keys)}'`;
      await home.write(".aws/config", `[profile helped]\ncredential_process = ${command}\n`, configMode);
    },
    check: prints(/^\{"Version":1,/),
  },
  "a credential_process that does not stop printing": {
    args: ["dumpcreds", "--credential-helper", "--profile", "flood"],
    prepare: (home) => home.write(".aws/config", "[profile flood]\ncredential_process = yes\n", configMode),
    check: async ({ status, stdout, stderr }) => {
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("it printed more than credentials");
    },
  },
  "profiles that are printed": {
    args: ["dumpconfig", "--accesstoken-cache", "token.json"],
    prepare: nothing,
    check: async ({ status, stdout }) => {
      expect(status).toBe(0);
      expect(stdout).toContain("[profile ");
    },
  },
  "a portal without a sign-in": {
    args: ["dumpcreds", "--credential-helper", "--profile", "s"],
    prepare: (home) => home.write(".aws/config", config, configMode),
    check: async ({ status, stdout, stderr }) => {
      expect([status, stdout]).toEqual([4, ""]);
      expect(stderr).toContain("aws-login login --profile s");
    },
  },
  "a portal that is not in the cache": {
    args: ["getcallerid", "--use-cache", "--sign-in=never", "--start-url", startUrl, ...role],
    prepare: nothing,
    check: async ({ status, stdout }) => expect([status, stdout]).toEqual([4, ""]),
  },
};

export const commands: Readonly<Record<string, Killable>> = { ...killables, ...answering };
