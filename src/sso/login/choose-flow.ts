/** Which login flow suits the machine that the program runs on. */

import type { Environment, System } from "../../system/types.ts";
import type { Flow } from "../token-store.ts";

export interface FlowChoice {
  readonly flow: Flow;
  /** Whether to open a browser on this machine. */
  readonly browser: "open" | "leave";
  /** For `--verbose`. */
  readonly why: string;
}

export interface FlowWishes {
  readonly useDeviceCode: boolean;
  readonly noBrowser: boolean;
  /** Profiles without `sso_session` use a device code, as in the AWS CLI, which shares their tokens. */
  readonly legacy: boolean;
}

/** What makes this machine special. */
export type Surroundings = "ssh" | "container" | "wsl" | undefined;

/**
 * The authorization code needs a browser that reaches this machine's loopback address; a device code works with any
 * browser anywhere. A user who sets `BROWSER` says that there is one here. Pure.
 */
export function chooseFlow(wishes: FlowWishes, env: Environment, surroundings: Surroundings): FlowChoice {
  const noneHere = !env.BROWSER && (surroundings === "ssh" || surroundings === "container");
  const browser = wishes.noBrowser || noneHere ? "leave" : "open";
  if (wishes.useDeviceCode) return { flow: "device", browser, why: "--use-device-code" };
  if (wishes.noBrowser) return { flow: "device", browser, why: "--no-browser" };
  if (wishes.legacy) return { flow: "device", browser, why: "the profile names no sso_session" };
  if (surroundings !== undefined && !env.BROWSER)
    return { flow: "device", browser, why: places[surroundings] };
  return { flow: "browser", browser, why: env.BROWSER ? "BROWSER is set" : "a browser may be here" };
}

const places = {
  ssh: "this is an SSH session",
  container: "this is a container",
  wsl: "this is WSL",
} as const;

/** Files that container engines put into every container. */
const containerFiles = ["/.dockerenv", "/run/.containerenv"];

/** Reads the environment, and on Linux the files that tell a container or WSL. */
export async function lookAround(
  system: Pick<System, "env" | "platform" | "readText">,
): Promise<Surroundings> {
  const { env } = system;
  if (env.SSH_CONNECTION || env.SSH_TTY || env.SSH_CLIENT) return "ssh";
  if (system.platform !== "linux") return undefined;
  if (env.WSL_DISTRO_NAME || env.WSL_INTEROP) return "wsl";
  if (env.KUBERNETES_SERVICE_HOST || env.container || env.REMOTE_CONTAINERS || env.CODESPACES)
    return "container";
  for (const file of containerFiles) if (await exists(system, file)) return "container";
  return undefined;
}

async function exists(system: Pick<System, "readText">, path: string): Promise<boolean> {
  try {
    return (await system.readText(path)) !== undefined;
  } catch {
    // A file that cannot be read exists.
    return true;
  }
}
