/**
 * `bun run try`: the compiled executable does its main job against the tests' AWS stand-in on loopback, with every
 * command line and all it prints. Keys, tokens and accounts are made up, and no browser is opened. Exit status 1 when anything is not as it
 * should be.
 *
 * `bun run try -- ARGS` runs the executable with ARGS against the stand-in, and ends with its exit status.
 */
import { buildIfStale } from "./project/executable.ts";
import { executable } from "./project/paths.ts";
import { startStandIn } from "./project/stand-in.ts";
import { commandLine } from "./try/command-line.ts";
import { type Home, makeHome } from "./try/home.ts";
import { differences, type Outcome, type Step, steps } from "./try/steps.ts";

const args = process.argv.slice(2);
await buildIfStale();
const standIn = await startStandIn("--approve-sign-ins");
const home = await makeHome(standIn);
try {
  process.exitCode = args.length > 0 ? await handOver(home) : walkThrough(steps(standIn), home);
} finally {
  await Promise.all([home.remove(), standIn.stop()]);
}

/** Resolves to the exit status. What asks this program to stop is for the executable to judge. */
async function handOver({ env }: Home): Promise<number> {
  const child = Bun.spawn([executable, ...args], { env, stdio: ["inherit", "inherit", "inherit"] });
  // Ctrl-C reaches it by itself.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return child.exited;
}

/** Returns the exit status. */
function walkThrough(all: readonly Step[], home: Home): number {
  let wrong = 0;
  for (const step of all) {
    console.log(`# ${step.title}`);
    console.log(`$ ${commandLine(step.args, step.env)}`);
    const outcome = runStep(step, home);
    process.stdout.write(outcome.stdout + outcome.stderr);
    const problems = differences(step, outcome);
    for (const problem of problems) console.log(`NOT AS EXPECTED: ${problem}`);
    if (problems.length > 0) wrong++;
    console.log("");
  }
  console.log(
    wrong === 0 ? `all ${all.length} steps went as expected` : `${wrong} of ${all.length} steps went wrong`,
  );
  return wrong === 0 ? 0 : 1;
}

function runStep({ args, env }: Step, home: Home): Outcome {
  const child = Bun.spawnSync([executable, ...args], { env: { ...home.env, ...env }, stdin: "ignore" });
  return { status: child.exitCode, stdout: child.stdout.toString(), stderr: child.stderr.toString() };
}
