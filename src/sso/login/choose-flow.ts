/** Which login flow suits the machine that the program runs on. */

import { Failure } from "../../lib/errors.ts";
import { optional } from "../../lib/optional.ts";
import type { Environment, System } from "../../system/types.ts";
import type { Flow } from "../token-store.ts";

export interface FlowChoice {
  readonly flow: Flow;
  /** Whether to open a browser on this machine. */
  readonly browser: "open" | "leave";
  /** For `--verbose`. */
  readonly why: string;
  /** Present when the caller expects the browser of another machine, and so a flow of `browser`. */
  readonly elsewhere?: Elsewhere;
}

/** How a browser on another machine comes back to this one. */
export interface Elsewhere {
  /** Whether to ask on the terminal for the address at which it ended. */
  readonly paste: "ask" | "never";
  /** The port that it comes back to; a free one when absent. */
  readonly port?: number;
  /** `SSH_CONNECTION`, which tells how to forward the port. */
  readonly sshConnection?: string;
}

export interface FlowWishes {
  readonly useDeviceCode: boolean;
  readonly noBrowser: boolean;
  readonly remote: boolean;
  readonly callbackPort?: number;
  /** Profiles without `sso_session` use a device code, as in the AWS CLI, which shares their tokens. */
  readonly legacy: boolean;
}

/** What makes this machine special. */
export type Surroundings = "ssh" | "container" | "wsl" | undefined;

/**
 * The authorization code needs a browser that reaches this machine's loopback address; a device code works with any
 * browser anywhere. A user who sets `BROWSER` says that there is one here; `--remote` and `--callback-port` say how
 * another one comes back. Throws a usage Failure where these cannot have an effect. Pure.
 */
export function chooseFlow(wishes: FlowWishes, env: Environment, surroundings: Surroundings): FlowChoice {
  const noneHere = !env.BROWSER && (surroundings === "ssh" || surroundings === "container");
  const browser = wishes.noBrowser || noneHere ? "leave" : "open";
  if (wishes.useDeviceCode) return { flow: "device", browser, why: "--use-device-code" };
  const asked = askedFor(wishes);
  if (asked !== undefined) {
    const elsewhere: Elsewhere = {
      paste: wishes.remote ? "ask" : "never",
      ...optional("port", wishes.callbackPort),
      ...optional("sshConnection", env.SSH_CONNECTION || undefined),
    };
    return { flow: "browser", browser: wishes.remote ? "leave" : browser, why: asked, elsewhere };
  }
  if (wishes.noBrowser) return { flow: "device", browser, why: "--no-browser" };
  if (wishes.legacy) return { flow: "device", browser, why: "the profile names no sso_session" };
  if (surroundings !== undefined && !env.BROWSER)
    return { flow: "device", browser, why: places[surroundings] };
  return { flow: "browser", browser, why: env.BROWSER ? "BROWSER is set" : "a browser may be here" };
}

/** The option that asks for an authorization code, if one does. */
function askedFor({ remote, callbackPort, legacy }: FlowWishes): string | undefined {
  const option = remote ? "--remote" : callbackPort !== undefined ? "--callback-port" : undefined;
  if (option === undefined || !legacy) return option;
  throw new Failure(
    "usage",
    `cannot use ${option}: a profile without sso_session signs in with a device code`,
    {
      hints: [
        `leave out ${option}: the code can be approved in a browser on any machine`,
        "or move the profile's start URL and region to an [sso-session] section, and name that in the profile",
      ],
    },
  );
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
