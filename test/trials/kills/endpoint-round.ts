/** One run of `runas --auto-refresh` of which a process is killed, and what must be left of it: nothing. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { endpointProcesses } from "../../end-to-end/support/endpoints.ts";
import { keyLines } from "../../end-to-end/support/identities.ts";
import { processesOf } from "../../end-to-end/support/processes.ts";
import type { Running } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { config, sessionToken, tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { lineOfFile } from "../../end-to-end/support/until.ts";
import { SAMPLE_KEYS } from "../../stand-in/sample-world.ts";

export interface Blow {
  /** Before the program runs, its process is that of `aws-login`. */
  readonly victim: "program" | "endpoint" | "both";
  readonly signal: "SIGKILL" | "SIGTERM";
  /** Milliseconds from the start of the run. */
  readonly after: number;
}

/** Milliseconds in which what is left must be gone; a loaded machine is slower than the second that is promised. */
const soon = 5_000;

const runas = ["runas", "--auto-refresh", "--profile", "s", "--"];

/** The default profile has keys, so that each run makes a copy of the config. The token must outlive the trial. */
export async function prepare(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", `[default]\n${keyLines(SAMPLE_KEYS.ana)}\n${config}`);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 8 * 3600));
}

export interface Outcome {
  /** The number of processes that the blow fell on. */
  readonly struck: number;
  /** What is wrong with how the run ended, a line each. */
  readonly problems: readonly string[];
}

export async function killRound(scene: Scene, blow: Blow): Promise<Outcome> {
  const address = join(scene.root, "address");
  await rm(address, { force: true });
  const tell =
    'echo "$AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN" > "$0"; exec sleep 60';
  const running = scene.start([...runas, "sh", "-c", tell, address]);
  await Bun.sleep(blow.after);
  const endpoints = blow.victim === "program" ? [] : await endpointProcesses(scene);
  const targets = [...endpoints, ...(blow.victim === "endpoint" ? [] : [running.pid])];
  let struck = targets.filter((pid) => isStruck(pid, blow.signal)).length;
  // A program whose endpoint is gone runs on; a run whose endpoint is gone too early says so, and ends by itself.
  if (await programBegins(running, address)) {
    running.kill("SIGKILL");
    struck++;
  }
  const { status, stdout, stderr } = await running.ended;
  const problems = await processesLeft(scene);
  if (status === 0 || stdout !== "") problems.push(`it ended with ${status}, and said ${stdout}`);
  if (stderr !== "" && !stderr.startsWith("aws-login: error: ")) problems.push(`stderr: ${stderr}`);
  const [uri, token = ""] = (await lineOfFile(address))?.split(" ") ?? [];
  if (uri !== undefined && (await serves(uri, token))) problems.push("the endpoint serves");
  return { struck, problems };
}

/** The run after a killed one succeeds, and takes away what that left. A line for each thing that is wrong. */
export async function whatIsNotWhole(scene: Scene): Promise<string[]> {
  const { status, stdout, stderr } = await scene.run([...runas, "aws-login", "getcallerid"]);
  const problems = await processesLeft(scene);
  if (status !== 0 || !stdout.includes("assumed-role/AWSReservedSSO_ReadOnlyAccess_") || stderr !== "")
    problems.push(`the next run ended with ${status}: ${stdout}${stderr}`);
  const copies = await readdir(join(scene.home, ".aws-login/endpoints"));
  return [...problems, ...copies.map((name) => `${name} is left`)];
}

function isStruck(pid: number, signal: Blow["signal"]): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** False when the run ends before its program has told the address. */
async function programBegins(running: Running, address: string): Promise<boolean> {
  let isOver = false;
  void running.ended.then(() => {
    isOver = true;
  });
  while (!isOver && (await lineOfFile(address)) === undefined) await Bun.sleep(5);
  // The blow may have fallen on the program, of which the system tells a moment later.
  if (!isOver) await Bun.sleep(20);
  return !isOver;
}

/** The argument lists of what is left when its time is over. */
async function processesLeft(scene: Scene): Promise<string[]> {
  const began = performance.now();
  let left = await processesOf(scene);
  while (left.size > 0 && performance.now() - began < soon) {
    await Bun.sleep(20);
    left = await processesOf(scene);
  }
  return [...left.values()].map((line) => `${line.replaceAll("\0", " ")} runs`);
}

/** Another program may listen at the port by now, to which the secrets say nothing. */
async function serves(uri: string, token: string): Promise<boolean> {
  return fetch(uri, { headers: { Authorization: token } }).then(
    ({ ok }) => ok,
    () => false,
  );
}
