/** `serve`, in the foreground and in the background, and what its endpoint answers. */
import { type Environment, type Running, start } from "./run.ts";
import type { Scene } from "./scene.ts";
import { textOfFile, until } from "./until.ts";

export interface Served extends Running {
  /** What it printed, as `--outform json` has it; null for what is to be unset. */
  readonly variables: Readonly<Record<string, string | null>>;
  readonly uri: string;
  readonly token: string;
  readonly port: number;
}

/** Resolves when it has printed its variables. They go to a file, because a test would wait for the end of a pipe. */
export function serve(scene: Scene, args: readonly string[], env: Environment = {}): Promise<Served> {
  return served(scene, 'exec aws-login serve --outform json "$@" > "$0"', args, env);
}

/**
 * The same with `--detach`. The process is the shell that started it, which SIGTERM ends; its stderr has what the endpoint
 * wrote.
 */
export function serveDetached(scene: Scene, args: readonly string[], env: Environment = {}): Promise<Served> {
  const line = `aws-login serve --detach --outform json "$@" > "$0" 2> "$0.err" || { cat "$0.err" >&2; exit 1; }
    sleep 900 & trap 'kill $!; cat "$0.err" >&2; exit' TERM; wait`;
  return served(scene, line, args, env);
}

async function served(
  scene: Scene,
  line: string,
  args: readonly string[],
  env: Environment,
): Promise<Served> {
  const file = `${scene.root}/served-${crypto.randomUUID()}`;
  const argv = ["bash", "-c", line, file, ...args];
  const running = start(argv, { ...scene.env, ...env }, scene.work);
  const over = running.ended.then(({ stderr }) => {
    throw new Error(`serve ended: ${stderr}`);
  });
  const text = await Promise.race([
    until(async () => {
      const written = await textOfFile(file);
      return written?.endsWith("}\n") ? written : undefined;
    }),
    over,
  ]);
  over.catch(() => {});
  const variables: Record<string, string | null> = JSON.parse(text);
  const uri = variables.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? "";
  const token = variables.AWS_CONTAINER_AUTHORIZATION_TOKEN ?? "";
  return { ...running, variables, uri, token, port: Number(new URL(uri).port) };
}

/** The environment of a program that was given the variables. */
export function withServed({ variables }: Pick<Served, "variables">): Environment {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? undefined]));
}

/** Asks the endpoint as an SDK does. */
export function ask(
  { uri, token }: Pick<Served, "uri" | "token">,
  { path = "", headers = {}, method = "GET" }: Partial<Asking> = {},
): Promise<Response> {
  return fetch(`${uri}${path}`, { method, headers: { Authorization: token, ...headers } });
}

/** The members of a JSON answer. */
export async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await response.text());
}

interface Asking {
  /** Behind the path of the address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
}
