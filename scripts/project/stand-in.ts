/** The tests' AWS stand-in on loopback, as a process of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths.ts";

type Variables = Readonly<Record<string, string>>;

/** What the stand-in tells about itself; all keys are made up. */
export interface Description {
  readonly controlUrl: string;
  /** The certificate of the authority that vouches for all of its hosts. */
  readonly caFile: string;
  /** Services on ports of their own, as `https://localhost:PORT`. */
  readonly tlsPorts: Readonly<Record<"sts" | "signin" | "portal" | "oidc", number>>;
  readonly keys: Readonly<Record<"ana", { readonly accessKeyId: string; readonly secretAccessKey: string }>>;
  readonly roles: Readonly<Record<"jump" | "relay" | "deploy" | "reader" | "ring" | "closed", string>>;
  readonly identityCenter: Readonly<Record<"startUrl" | "region", string>>;
  /** The environment that leads through the stand-in's proxy to the real host names, over TLS. */
  readonly proxyEnv: Variables;
}

export interface StandIn extends Description {
  /** A throwaway folder, private to this run. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts it, with these arguments besides its own, and resolves once it serves. */
export async function startStandIn(...more: readonly string[]): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-"));
  // It ends with its stdin, so that it cannot outlive this program, however this ends.
  const child = Bun.spawn(
    [process.execPath, "test/stand-in/serve.ts", "--dir", folder, "--until-stdin-closes", ...more],
    { cwd: root, stdin: "pipe", stdout: "pipe", stderr: "inherit" },
  );
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await child.exited;
    await rm(folder, { recursive: true, force: true });
  };
  const { done } = await child.stdout.getReader().read();
  if (done) {
    await stop();
    throw new Error("the stand-in did not start");
  }
  const description: Description = await Bun.file(join(folder, "stand-in.json")).json();
  return { ...description, folder, stop };
}
