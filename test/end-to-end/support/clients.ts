/** Programs that ask STS who they are, each with an AWS SDK of its own. What they print and take: `clients/`. */
import { test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { awsCli, awsCliLimit } from "./aws-cli.ts";
import type { Environment } from "./run.ts";
import { type Scene, type SceneOptions, scenario } from "./scene.ts";

export interface Client {
  /** As a test's name has it. */
  readonly name: string;
  /** The command line before its options; undefined where it is not installed. */
  readonly argv: readonly string[] | undefined;
  /** What a machine without it lacks. */
  readonly needs: string;
  /** The way to STS; absent where the SDK takes that of a scene, through the proxy. */
  readonly way?: "without TLS";
  /** What it says of the endpoint's error; absent: the message. */
  readonly tells?: "nothing";
}

/** The folder that `.ci/sdks` made. */
const sdks = process.env.AWS_LOGIN_SDKS;
/** A Python that has botocore. */
const python = process.env.AWS_LOGIN_BOTOCORE;
const node = Bun.which("node");

const source = (name: string) => join(import.meta.dir, "../clients", name);
const hasMade = (path: string) => sdks !== undefined && existsSync(join(sdks, path));

export const clients: readonly Client[] = [
  {
    name: "botocore",
    argv: python === undefined ? undefined : [python, source("caller.py")],
    needs: "AWS_LOGIN_BOTOCORE",
  },
  {
    name: "the AWS CLI",
    argv: awsCli === undefined ? undefined : [source("caller.sh"), awsCli],
    needs: "AWS CLI version 2",
  },
  {
    name: "the SDK for JavaScript",
    argv:
      node !== null && hasMade("javascript/node_modules")
        ? [node, "--no-warnings", source("caller.mjs")]
        : undefined,
    needs: "AWS_LOGIN_SDKS and Node",
    // It knows no variable for a proxy.
    way: "without TLS",
    tells: "nothing",
  },
  {
    name: "the SDK for Go",
    argv: hasMade("go/caller") ? [`${sdks}/go/caller`] : undefined,
    needs: "AWS_LOGIN_SDKS",
  },
];

/** A scenario of one client, skipped by name where that is not installed. */
export function clientScenario(
  { argv, needs }: Client,
  name: string,
  play: (scene: Scene, argv: readonly string[]) => Promise<void>,
  options: SceneOptions = {},
): void {
  if (argv === undefined) test.skip(`${name} (needs ${needs})`, () => {});
  else scenario(name, (scene) => play(scene, argv), { waits: true, limit: awsCliLimit, ...options });
}

/** The variables that the client wants besides a scene's. */
export function clientVariables({ way }: Client, { ports }: Pick<Scene["standIn"], "ports">): Environment {
  return {
    ...(way && { AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${ports.sts}` }),
    AWS_LOGIN_SDKS: sdks,
    AWS_REGION: "us-east-1",
    // botocore knows this one alone.
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_PAGER: "",
  };
}
