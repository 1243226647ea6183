/** The main job, step by step, and what must come of it. */
import type { StandIn } from "../project/stand-in.ts";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Step {
  /** What the step shows. */
  readonly title: string;
  readonly args: readonly string[];
  /** Variables set for this step alone. */
  readonly env?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Each must be in stdout; with none, stdout must be empty. */
  readonly stdout: readonly (string | RegExp)[];
  /** The same for stderr. */
  readonly stderr: readonly (string | RegExp)[];
}

export function steps({ keys, roles }: StandIn): readonly Step[] {
  const chain = [roles.jump, roles.relay, roles.deploy].join();
  const deployArn = '"Arn": "arn:aws:sts::333333333333:assumed-role/Deploy/aws-login"';
  const quiet = { status: 0, stderr: [] };
  return [
    {
      ...quiet,
      title: "who am I, by the keys in the environment",
      args: ["getcallerid"],
      env: { AWS_ACCESS_KEY_ID: keys.ana.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.ana.secretAccessKey },
      stdout: ['"Account": "111111111111"', '"Arn": "arn:aws:iam::111111111111:user/ana"'],
    },
    {
      ...quiet,
      title: "who am I, by a profile that assumes a role with the credentials of another that assumes one",
      args: ["getcallerid", "--profile", "deploy"],
      stdout: [/"Arn": "arn:aws:sts::222222222222:assumed-role\/Relay\//],
    },
    {
      ...quiet,
      title: "who am I after three roles",
      args: ["getcallerid", "--assume-roles", chain],
      stdout: ['"Account": "333333333333"', deployArn],
    },
    {
      ...quiet,
      title: "credentials for a shell",
      args: ["dumpcreds", "--assume-roles", chain],
      stdout: [
        /\n# Your session credentials are\.\.\.\n$/,
        /^export AWS_ACCESS_KEY_ID=ASIA/m,
        /^export AWS_SECRET_ACCESS_KEY=/m,
        /^export AWS_SESSION_TOKEN=/m,
      ],
    },
    {
      ...quiet,
      title: "credentials for credential_process",
      args: ["dumpcreds", "--profile", "jump", "--credential-helper"],
      stdout: [/^\{"Version":1,"AccessKeyId":"ASIA.*"Expiration":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ".*\}\n$/],
    },
    {
      ...quiet,
      title: "a command under the identity",
      args: ["runas", "--profile", "jump", "--command", "echo the child says hello"],
      stdout: ["the child says hello"],
    },
    {
      ...quiet,
      title: "the command's exit status is the program's",
      args: ["runas", "--profile", "jump", "--command", "exit 3"],
      status: 3,
      stdout: [],
    },
    {
      title: "a sign-in to Identity Center, and who one is there",
      args: ["getcallerid", "--profile", "dev"],
      status: 0,
      stdout: [/"Arn": "arn:aws:sts::111111111111:assumed-role\/AWSReservedSSO_PowerUserAccess_/],
      stderr: [/^aws-login: .* to sign in to https:/],
    },
    {
      ...quiet,
      title: "the same sign-in: a profile for every account and role that it gives",
      args: ["dumpconfig", "--sso-session", "my-sso"],
      stdout: ["[sso-session my-sso]\n", "[profile my-acct-2-ReadOnlyAccess]\nsso_session = my-sso\n"],
    },
    {
      ...quiet,
      title: "the console in the browser, of a role that words find",
      args: ["console", "my-acct-1", "admin"],
      stdout: [],
    },
    {
      ...quiet,
      title: "the console of a profile",
      args: ["console", "--profile", "reader"],
      stdout: [],
    },
    {
      ...quiet,
      title: "the console's address",
      args: ["console", "--no-browser", "--assume-roles", chain],
      stdout: [/^https:\/\/signin\.aws\.amazon\.com\/federation\?Action=login&.*SigninToken=\S+\n$/],
    },
    {
      title: "a role that trusts no caller",
      args: ["getcallerid", "--assume-roles", roles.closed],
      status: 1,
      stdout: [],
      stderr: [/^aws-login: error: cannot assume role .*: AccessDenied/, /^aws-login: hint: /m],
    },
    {
      title: "options that contradict each other",
      args: ["dumpcreds", "--credential-helper", "--outform", "json"],
      status: 2,
      stdout: [],
      stderr: ["--credential-helper contradicts --outform", /^aws-login: hint: /m],
    },
  ];
}

/** What is not as the step says, one line each; none when all is. */
export function differences(step: Step, outcome: Outcome): string[] {
  const found: string[] = [];
  if (outcome.status !== step.status) found.push(`the exit status is ${outcome.status}, not ${step.status}`);
  for (const stream of ["stdout", "stderr"] as const) {
    const text = outcome[stream];
    if (step[stream].length === 0 && text !== "") found.push(`${stream} is not empty`);
    for (const part of step[stream]) {
      if (typeof part === "string" ? !text.includes(part) : !part.test(text))
        found.push(`${stream} has no ${part}`);
    }
  }
  return found;
}
