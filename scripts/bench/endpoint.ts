/** The credential endpoint of `runas --auto-refresh`: how soon it serves, how fast, and in how much memory. */
import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { endpointProcesses } from "../../test/end-to-end/support/endpoints.ts";
import { lineOfFile, until } from "../../test/end-to-end/support/until.ts";
import type { StandIn } from "../project/stand-in.ts";
import { identityEnvironment } from "./cases.ts";
import type { Executables } from "./executables.ts";
import { askSteadily, type Target } from "./load.ts";
import { median } from "./median.ts";
import { percentile } from "./percentile.ts";

export interface EndpointFigures {
  /** Milliseconds from AWS's answer to the start of the program, medians: with the endpoint, and with keys in its place. */
  readonly readyMilliseconds: number;
  readonly keysMilliseconds: number;
  /**
   * The 99th percentile of 1,000 requests a second, each on a connection of its own, and that of a bare server in between;
   * medians of slices.
   */
  readonly latencyMilliseconds: number;
  readonly bareLatencyMilliseconds: number;
  /** The largest resident set, under that load. */
  readonly memoryMebibytes: number;
}

/** AWS is not on this machine: its answer takes as long as in the rows about round trips, or longer. */
const answerMilliseconds = 50;
/** Requests a second. */
const rate = 1_000;
/** Half a second each, in turn with the bare server, so that whatever else the machine does meets both alike. */
const slices = 12;
const sliceSeconds = 0.5;

/** Undefined where the system does not tell what is measured. Throws when a run fails. */
export async function measureEndpoint(
  executables: Executables,
  standIn: StandIn,
  runs: number,
): Promise<EndpointFigures | undefined> {
  if (process.platform !== "linux") return undefined;
  const home = await mkdtemp(join(standIn.folder, "home-"));
  const env = { ...identityEnvironment(standIn), HOME: home, PATH: "/usr/bin:/bin" };
  const runas = [executables.program, "runas", "--assume-roles", standIn.roles.ring];
  const starts = await measureStarts(runas, env, standIn, runs);
  return { ...starts, ...(await measureAnswers(runas, env, home, executables)) };
}

async function measureStarts(
  runas: readonly string[],
  env: Readonly<Record<string, string>>,
  standIn: StandIn,
  runs: number,
): Promise<Pick<EndpointFigures, "readyMilliseconds" | "keysMilliseconds">> {
  const startAfterAnswer = async (...more: readonly string[]) => {
    await control(standIn, "reset");
    await control(standIn, "faults", { match: { service: "sts" }, delay: answerMilliseconds });
    const argv = [...runas, ...more, "--", "/bin/date", "+%s%N"];
    const { exitCode, stdout, stderr } = Bun.spawnSync(argv, { env });
    if (exitCode !== 0) throw new Error(`${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
    const response = await fetch(`${standIn.controlUrl}/records`);
    const { requests }: { requests: readonly { time: number }[] } = JSON.parse(await response.text());
    return Number(stdout.toString()) / 1e6 - (requests.at(-1)?.time ?? 0) - answerMilliseconds;
  };
  const [ready, keys]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    keys.push(await startAfterAnswer());
    ready.push(await startAfterAnswer("--auto-refresh"));
  }
  return { readyMilliseconds: median(ready), keysMilliseconds: median(keys) };
}

async function control({ controlUrl }: StandIn, path: string, body?: object): Promise<void> {
  const { ok } = await fetch(`${controlUrl}/${path}`, { method: "POST", body: JSON.stringify(body ?? {}) });
  if (!ok) throw new Error(`the stand-in refuses ${path}`);
}

async function measureAnswers(
  runas: readonly string[],
  env: Readonly<Record<string, string>>,
  home: string,
  { bareServer }: Executables,
): Promise<Pick<EndpointFigures, "latencyMilliseconds" | "bareLatencyMilliseconds" | "memoryMebibytes">> {
  const file = join(home, "address");
  const tell = 'echo "$AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN" > "$0"; cat';
  const argv = [...runas, "--auto-refresh", "--", "/bin/sh", "-c", tell, file];
  // Both end with their stdin, which ends with this program.
  const program = Bun.spawn(argv, { env, stdio: ["pipe", "ignore", "inherit"] });
  const server = Bun.spawn([bareServer], { env, stdio: ["pipe", "pipe", "inherit"] });
  try {
    const [url = "", token = ""] = (await until(() => lineOfFile(file))).split(" ");
    const { value } = await server.stdout.getReader().read();
    const bare: Target = { url: `http://127.0.0.1:${Number(new TextDecoder().decode(value))}/`, headers: {} };
    const endpoint: Target = { url, headers: { Authorization: token } };
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let slice = 0; slice < slices; slice++) {
      theirs.push(percentile(await askSteadily(bare, rate, sliceSeconds), 0.99));
      ours.push(percentile(await askSteadily(endpoint, rate, sliceSeconds), 0.99));
    }
    const [pid = 0] = await endpointProcesses({ home });
    return {
      latencyMilliseconds: median(ours),
      bareLatencyMilliseconds: median(theirs),
      memoryMebibytes: await largestSet(pid),
    };
  } finally {
    program.stdin.end();
    server.stdin.end();
    await Promise.all([program.exited, server.exited]);
  }
}

/** MiB. */
async function largestSet(pid: number): Promise<number> {
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) / 1024;
}
