/** A way in which a command makes requests: what it finds, what it asks, and what it answers. */

import type { Environment } from "../../end-to-end/support/run.ts";
import type { Scene, SceneOptions } from "../../end-to-end/support/scene.ts";
import { SAMPLE_WORLD } from "../../stand-in/sample-world.ts";
import type { WorldPlan } from "../../stand-in/world/plan.ts";
import type { Asked } from "./asked.ts";

export interface CommandLine {
  readonly args: readonly string[];
  readonly env?: Environment;
}

export interface Scenario {
  readonly name: string;
  /** What the program asks, in order. Of what is asked at once only the kinds are listed. */
  readonly asks: readonly Asked[];
  readonly atOnce?: true;
  readonly options?: SceneOptions;
  /** Makes the files that the command finds. */
  prepare(scene: Scene): Promise<CommandLine>;
  /** Whether this is the whole answer on stdout. */
  isWhole(stdout: string): boolean;
  /** What may become of a token that the portal refuses; absent where there is none. */
  readonly token?: "renewed once" | "not renewed" | "of this sign-in";
  /** What was got before is good still, so that trouble is no failure. */
  readonly spare?: true;
  /** The command may be run again after a failure: nothing was used up on the way. */
  readonly again?: false;
  /** It warns even when all is well. */
  readonly warns?: true;
  /** The config file is what the command writes. */
  readonly writesConfig?: true;
  /** What is stored of a sign-in is gone when it is done, whatever the portal says. */
  readonly signsOut?: true;
  /** A failure leaves no token behind: a sign-in has not come about. */
  readonly signsIn?: true;
}

/** Secrets of those who have no keys, made up. */
export const webToken = "made-up.web-identity.token-of-a-pod";
export const actionsSecret = "made-up-secret-of-a-job-of-github-actions";
export const agentToken = "made-up-token-of-the-agent";
export const loginToken = "made-up-refresh-token-of-aws-login";

/** The sample world with plans of a course's own. */
export function worldWith(more: Partial<WorldPlan>): SceneOptions {
  return { world: { ...SAMPLE_WORLD, ...more } };
}

/** `getcallerid`: who one is, in three members. */
export function isCaller(stdout: string): boolean {
  const { UserId, Account, Arn } = JSON.parse(stdout);
  return [UserId, Account, Arn].every(isText) && /^arn:aws:(iam|sts)::\d{12}:/.test(Arn);
}

/** `dumpcreds --credential-helper`: one line with temporary keys. */
export function isHelperAnswer(stdout: string): boolean {
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse(stdout);
  const texts = [AccessKeyId, SecretAccessKey, SessionToken, Expiration];
  return Version === 1 && texts.every(isText) && stdout.indexOf("\n") === stdout.length - 1;
}

/** `dumpcreds` for a shell. */
export function areExports(stdout: string): boolean {
  const lines = stdout.trimEnd().split("\n");
  const comment = lines.pop();
  const keys = lines.filter((line) => !/^unset AWS_\w+;$|^export AWS_CREDENTIAL_EXPIRATION=/.test(line));
  return comment === "# Your session credentials are..." && keys.length === 3 && keys.every(isExport);
}

/** `console --no-browser`: the address alone. */
export function isConsoleUrl(stdout: string): boolean {
  return /^https:\/\/signin\.aws\.amazon\.com\/federation\?Action=login&\S*SigninToken=[^&\s]+\n$/.test(
    stdout,
  );
}

export function isNothing(stdout: string): boolean {
  return stdout === "";
}

function isExport(line: string): boolean {
  return /^export AWS_[A-Z_]+=\S+$/.test(line);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
