/** Sign-ins as scenarios need them: the role that is asked for, the files of tokens, and who was asked what. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SAMPLE_IDENTITY_CENTER } from "../../stand-in/sample-identity-center.ts";
import type { SignedIn } from "../../stand-in/sign-in-desk.ts";
import type { Scene } from "./scene.ts";

export const { startUrl } = SAMPLE_IDENTITY_CENTER;

/** The options that name a role which the person has. */
export const role = ["--sso-acct-id", "012345678901", "--sso-role-name", "ReadOnlyAccess"];

/** A profile `s` with a session `my-sso`, and a legacy profile `old`, for the same role. */
export const config = `[profile s]
sso_session = my-sso
sso_account_id = 012345678901
sso_role_name = ReadOnlyAccess
region = us-east-1

[profile old]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_account_id = 012345678901
sso_role_name = ReadOnlyAccess
region = us-east-1

[sso-session my-sso]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`;

/** Where the AWS CLI keeps the sign-in of the session `my-sso`. */
export const sessionToken = "home/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json";

/** A token file as the AWS CLI writes it, whose token ends in so many seconds from now. */
export function tokenFile(signedIn: SignedIn, seconds: number, more: object = {}): string {
  const { registrationExpiresAt, expiresAt: _, refreshToken, ...others } = signedIn;
  const time = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
  return JSON.stringify({
    ...others,
    expiresAt: time(Date.now() + seconds * 1000),
    registrationExpiresAt: time(registrationExpiresAt),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...more,
  });
}

/** The operations of Identity Center that were asked for, in order. */
export function operations(scene: Scene): string[] {
  return scene.standIn.requests
    .filter(({ service }) => service === "oidc" || service === "portal")
    .map(({ action, status }) => `${action ?? "?"} ${status}`);
}

/** Each file below HOME that others than its owner may touch, or folder of the program's own that they may look into. */
export async function openToOthers(scene: Scene): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(scene.home, { recursive: true })) {
    const status = await stat(join(scene.home, name));
    const isOurs = name.startsWith(".aws-login") || name.startsWith(join(".aws", "sso"));
    if (isOurs && (status.mode & 0o077) !== 0) found.push(`${name} ${(status.mode & 0o777).toString(8)}`);
  }
  return found;
}
