/** Plays one case: the command under trouble, and everything that must hold afterwards. */
import { filesOf, watchSecrets } from "../../end-to-end/support/canaries.ts";
import type { Ended } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import type { RequestRecord } from "../../stand-in/records.ts";
import { askedByProgram, isOf } from "./asked.ts";
import type { Case } from "./cases.ts";
import { type Clean, endOf, inScene, isWhole, listed, longestReport, shown } from "./clean.ts";
import { saysWhy } from "./says-why.ts";
import {
  actionsSecret,
  agentToken,
  type CommandLine,
  loginToken,
  type Scenario,
  webToken,
} from "./scenario.ts";
import { newTokens, wrongFiles } from "./traces.ts";

/** What no run prints. */
const usualAttempts = 3;

/** More than any fault lets a request be struck. */
const forEver = 1_000_000;

/** What is wrong with how the case went, a line each; none when all is as the rule says. */
export async function play(made: Case, clean: Clean): Promise<string[]> {
  const { scenario, asked, trouble } = made;
  return inScene(scenario, async (scene, line) => {
    const canaries = watchSecrets(scene.standIn, {
      "web identity": webToken,
      "secret of a job": actionsSecret,
      "token of the agent": agentToken,
      "refresh token of aws login": loginToken,
    });
    const before = await filesOf(scene);
    scene.standIn.fault({
      ...trouble.fault(asked.kind),
      match: asked.match,
      ...(asked.after === undefined ? {} : { after: asked.after }),
      times: made.forEver ? forEver : 1,
    });
    const attempts = made.attempts === usualAttempts ? {} : { AWS_MAX_ATTEMPTS: String(made.attempts) };
    const ended = await scene.run(line.args, { ...line.env, ...attempts });
    const after = await filesOf(scene);
    const found = [
      ...wrongEnd(made, ended),
      ...wrongRequests(made, clean, ended, askedByProgram(scene.standIn.requests)),
      ...wrongFiles(before, after).filter((text) => !isOwnConfig(scenario, ended, text)),
      ...canaries.foundIn(ended.stderr).map((name) => `stderr holds the ${name}`),
    ];
    const stored = [...after].filter(
      ([path, text]) => path.includes(".aws-login") && text.includes("accessToken"),
    );
    if (scenario.signsOut) found.push(...stored.map(([path]) => `${path} holds a token still`));
    if (ended.status !== 0) {
      if (scenario.signsIn) found.push(...newTokens(before, after).map((path) => `${path} holds a token`));
      if (made.again && isRepeatable(made)) found.push(...(await wrongRepetition(scene, line, scenario)));
    }
    return found.map((problem) => `${made.name}: ${problem}\n${shown(ended)}`);
  });
}

/** The page and the code of a device login stand on indented lines of their own. */
const reportLine = /^(aws-login: | {4}\S)/;

function wrongEnd({ scenario, asked, trouble, expected }: Case, ended: Ended): string[] {
  const { status, stdout, stderr } = ended;
  const end = endOf(ended, scenario);
  const found: string[] = [];
  if (end === undefined || !expected.ends.includes(end)) {
    found.push(`it ended ${end ?? `with ${status}`} and not ${expected.ends.join(" or ")}`);
  }
  const lines = stderr.split("\n").slice(0, -1);
  if (stderr.length > longestReport || !lines.every((line) => reportLine.test(line))) {
    found.push("stderr is no report");
  }
  const errors = lines.filter((line) => line.startsWith("aws-login: error: "));
  if (status === 0) {
    if (errors.length > 0 || !isWhole(scenario, stdout)) found.push("the answer is not whole");
  } else {
    if (stdout !== "") found.push("a failure has an answer");
    if (errors.length !== 1) found.push(`there are ${errors.length} errors`);
  }
  if (end === "failed" || end === "sign-in needed") {
    if (!saysWhy(stderr, asked, trouble.nature))
      found.push("it does not say what was attempted and why it failed");
  }
  if (end === "sign-in needed" && !lines.some((line) => line.startsWith("aws-login: hint: "))) {
    found.push("it does not say what helps");
  }
  return found;
}

function wrongRequests(
  { scenario, asked, trouble, expected, forEver: lasting }: Case,
  clean: Clean,
  ended: Ended,
  requests: readonly RequestRecord[],
): string[] {
  const struck = requests.filter(({ fault }) => fault !== undefined);
  const [least, most] = expected.struck;
  const found: string[] = [];
  if (struck.length < least || struck.length > most || !struck.every((record) => isOf(asked, record))) {
    found.push(`${struck.length} requests were struck and not ${least} to ${most}: ${listed(requests)}`);
  }
  if (
    ended.status === 0 &&
    expected.more !== undefined &&
    requests.length !== clean.requests + expected.more
  ) {
    found.push(`${listed(requests)}: these are not ${clean.requests + expected.more} requests`);
  }
  // A person who asked for a role that the portal refuses is told which roles there are.
  const listsRoles = asked.kind === "role" && trouble.nature.kind === "refused";
  const isLast = requests.at(-1)?.fault !== undefined;
  if (ended.status !== 0 && lasting && !scenario.atOnce && !listsRoles && !isLast) {
    found.push("requests were made after the last that failed");
  }
  return found;
}

/** The trouble is over: the command does what it is for, whatever was left behind. */
async function wrongRepetition(scene: Scene, line: CommandLine, scenario: Scenario): Promise<string[]> {
  scene.standIn.reset();
  const ended = await scene.run(line.args, line.env);
  const isRight = ended.status === 0 && isWhole(scenario, ended.stdout);
  return isRight ? [] : [`afterwards it fails as well: ${shown(ended)}`];
}

/** Whatever works once was not used up. */
function isRepeatable({ scenario, asked, trouble }: Case): boolean {
  const once = ["refresh", "login renewal", "sts with a code"].includes(asked.kind);
  const done =
    trouble.nature.kind === "torn off after the response" ||
    ("done" in trouble.nature && trouble.nature.done);
  return scenario.again !== false && !(once && done);
}

/** `--write` writes the config file, and only when all is well. */
function isOwnConfig(scenario: Scenario, { status }: Ended, problem: string): boolean {
  return scenario.writesConfig === true && status === 0 && /\/\.aws\/config( |\.\S+\.bak )/.test(problem);
}
