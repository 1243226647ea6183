/** A home directory to throw away, with AWS config files as a person has them. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../project/paths.ts";
import type { StandIn } from "../project/stand-in.ts";

export interface Home {
  readonly folder: string;
  /** The whole environment for the executable: this one's, but with nothing of AWS and the network in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  remove(): Promise<void>;
}

/** A person's browser would go to AWS itself, so this one is none: it follows the addresses to the stand-in. */
const BROWSER = `"${process.execPath}" "${join(root, "scripts/try/browser.ts")}"`;

/** Makes the directory; its default profile is the sample user's. The others are those of README.md. */
export async function makeHome(standIn: StandIn): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), "aws-login-home-"));
  await mkdir(join(folder, ".aws"));
  await Bun.write(join(folder, ".aws/config"), configFile(standIn));
  await Bun.write(join(folder, ".aws/credentials"), credentialsFile(standIn));
  const own = Object.entries(process.env).filter(([name]) => !/^AWS_|^(https?|all|no)_proxy$/i.test(name));
  return {
    folder,
    env: { ...Object.fromEntries(own), HOME: folder, USERPROFILE: folder, BROWSER, ...standIn.proxyEnv },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function configFile({ roles, identityCenter }: StandIn): string {
  return `[default]
region = eu-west-1

[profile jump]
role_arn = ${roles.jump}
source_profile = default

[profile deploy]
role_arn = ${roles.relay}
source_profile = jump

[sso-session my-sso]
sso_start_url = ${identityCenter.startUrl}
sso_region = ${identityCenter.region}
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = my-sso
sso_account_id = 111111111111
sso_role_name = PowerUserAccess
region = eu-west-1

[profile reader]
source_profile = dev
role_arn = ${roles.reader}
`;
}

function credentialsFile({ keys }: StandIn): string {
  const { accessKeyId, secretAccessKey } = keys.ana;
  return ["default", "ana"]
    .map(
      (name) => `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    )
    .join("\n");
}
