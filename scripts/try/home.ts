/** A home directory to throw away, with AWS config files as a person has them. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StandIn } from "../project/stand-in.ts";

export interface Home {
  readonly folder: string;
  /** The whole environment for the executable: this one's, but with nothing of AWS and the network in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  remove(): Promise<void>;
}

/** Makes the directory; its default profile is the sample user's. */
export async function makeHome(standIn: StandIn): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-home-"));
  await mkdir(join(folder, ".aws"));
  await Bun.write(join(folder, ".aws/config"), configFile(standIn));
  await Bun.write(join(folder, ".aws/credentials"), credentialsFile(standIn));
  const own = Object.entries(process.env).filter(([name]) => !/^AWS_|^(https?|all|no)_proxy$/i.test(name));
  return {
    folder,
    env: { ...Object.fromEntries(own), HOME: folder, USERPROFILE: folder, ...standIn.proxyEnv },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function configFile({ roles }: StandIn): string {
  return `[default]
region = eu-west-1

[profile jump]
role_arn = ${roles.jump}
source_profile = default

[profile deploy]
role_arn = ${roles.hop2}
source_profile = jump
`;
}

function credentialsFile({ keys }: StandIn): string {
  return `[default]
aws_access_key_id = ${keys.ana.accessKeyId}
aws_secret_access_key = ${keys.ana.secretAccessKey}
`;
}
