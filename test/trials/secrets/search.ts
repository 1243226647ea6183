/** Runs a command and searches everything that it leaves or hands on for secrets. */
import { filesOf, secretsIn } from "../../end-to-end/support/canaries.ts";
import type { Ended, Environment } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { traced } from "../../end-to-end/support/strace.ts";

export interface Searched {
  readonly ended: Ended;
  /** How many texts were searched. */
  readonly places: number;
  /** Where which secret stands that must not stand there, a line each. */
  readonly found: readonly string[];
}

export interface Watch {
  /** By what they are; asked for after the run, when all are known. */
  secrets(): ReadonlyMap<string, string>;
  /** Stdout is the answer, and secret. */
  readonly answers: boolean;
  /** Programs that are started get the environment as if they were run directly. */
  readonly inherits: boolean;
  readonly stdin?: string;
}

/** Where sign-ins and acquired credentials are stored. */
const stores =
  /\/\.aws\/(?:sso|login)\/cache\/[0-9a-f]{40,64}\.json$|\/\.aws-login\/(?:tokens\/[0-9a-f]{64}\.json|clients\/[0-9a-f]{64}\.json|credentials\/[0-9-]+)$/;

export async function searchRun(
  scene: Scene,
  args: readonly string[],
  env: Environment,
  watch: Watch,
): Promise<Searched> {
  const before = await filesOf(scene);
  const { ended, calls } = await traced(scene, args, { calls: "execve", env, stdin: watch.stdin });
  const places = new Map([["stderr", ended.stderr]]);
  if (!watch.answers) places.set("stdout", ended.stdout);
  for (const [path, text] of await filesOf(scene)) {
    places.set(`the name of ${path}`, path);
    // What was there is the person's own, or was searched when it came.
    if (before.get(path) !== text && !stores.test(path)) places.set(path, text);
  }
  // The first is the program itself.
  for (const [index, call] of calls
    .filter((line) => line.includes("execve("))
    .slice(1)
    .entries()) {
    const { program, words, environment } = readCall(call);
    places.set(`the arguments of program ${index + 1} (${program})`, words);
    if (!watch.inherits) places.set(`the environment of program ${index + 1} (${program})`, environment);
  }
  const secrets = watch.secrets();
  const found = [...places].flatMap(([place, text]) =>
    secretsIn(text, secrets).map((name) => `${place} holds the ${name}`),
  );
  return { ended, places: places.size, found };
}

/** A line of strace: `123 execve("/bin/sh", ["sh", "-c"], ["HOME=/root"]) = 0`. */
function readCall(line: string): { program: string; words: string; environment: string } {
  const [, program = line, rest = ""] = /execve\("([^"]*)", (.*)$/.exec(line) ?? [];
  const border = rest.indexOf('"], [');
  return { program, words: rest.slice(0, border + 1), environment: rest.slice(border + 1) };
}
