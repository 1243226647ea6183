/** The files in which the AWS CLI stores the credentials of `aws login`, one for each session. */

import { expandPath, joinPath } from "../../config/paths.ts";
import { sha256Hex } from "../../lib/digest.ts";
import { type Fields, objectField, readFields, textField } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { pythonJson } from "../../lib/python-json.ts";
import type { Environment } from "../../system/types.ts";

export interface LoginKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** As written; ISO 8601. */
  readonly expiresAt: string;
}

/** A file as it was read. A member that is missing or no text is undefined. */
export interface LoginFile {
  readonly keys: LoginKeys | undefined;
  readonly accountId: string | undefined;
  /** What a renewal takes. */
  readonly clientId: string | undefined;
  readonly refreshToken: string | undefined;
  readonly dpopKey: string | undefined;
  /** Only some tools write it. */
  readonly signInRegion: string | undefined;
  /** All members of the file, in their order. */
  readonly fields: Fields;
}

/** The file of a session: below `AWS_LOGIN_CACHE_DIRECTORY`, expanded as the AWS CLI does, or below the home directory. */
export function loginPath(session: string, env: Environment, home: string | undefined): string | undefined {
  const folder = env.AWS_LOGIN_CACHE_DIRECTORY;
  return loginFilePath(session, folder ? expandPath(folder, env, home) : undefined, home);
}

/** `AWS_LOGIN_CACHE_DIRECTORY`, already expanded, else `~/.aws/login/cache`; undefined without a known home. */
export function loginFilePath(
  session: string,
  folder: string | undefined,
  home: string | undefined,
): string | undefined {
  const place = folder ?? (home === undefined ? undefined : joinPath(home, ".aws", "login", "cache"));
  return place === undefined ? undefined : `${place.replace(/(.)[/\\]+$/, "$1")}/${sha256Hex(session)}.json`;
}

/** Undefined for a text that is not a JSON object. */
export function parseLoginFile(text: string): LoginFile | undefined {
  const fields = readFields(text);
  if (fields === undefined) return undefined;
  const token = objectField(fields, "accessToken") ?? {};
  const [accessKeyId, secretAccessKey, sessionToken, expiresAt] = [
    textField(token, "accessKeyId"),
    textField(token, "secretAccessKey"),
    textField(token, "sessionToken"),
    textField(token, "expiresAt"),
  ];
  return {
    keys:
      accessKeyId && secretAccessKey && sessionToken && expiresAt
        ? { accessKeyId, secretAccessKey, sessionToken, expiresAt }
        : undefined,
    accountId: textField(token, "accountId"),
    clientId: textField(fields, "clientId"),
    refreshToken: textField(fields, "refreshToken"),
    dpopKey: textField(fields, "dpopKey"),
    signInRegion: textField(fields, "signInRegion"),
    fields,
  };
}

/** A sign-in as the AWS CLI writes it, with `signInRegion`, which the SDK for JavaScript renews in. */
export function newLoginText(login: {
  readonly keys: LoginKeys;
  readonly accountId: string;
  readonly tokenType: string;
  readonly clientId: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly dpopKey: string;
  readonly signInRegion: string;
}): string {
  const { keys, accountId, ...members } = login;
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = keys;
  const { tokenType, clientId, refreshToken, idToken, dpopKey, signInRegion } = members;
  return pythonJson({
    accessToken: { accessKeyId, secretAccessKey, sessionToken, accountId, expiresAt },
    ...{ tokenType, clientId, refreshToken, idToken, dpopKey, signInRegion },
  });
}

/** The file's text after a renewal: members that the response does not have stay as they were, in their order. */
export function renewedLoginText(file: LoginFile, keys: LoginKeys, refreshToken: string | undefined): string {
  return pythonJson({
    ...file.fields,
    accessToken: { ...objectField(file.fields, "accessToken"), ...keys },
    ...optional("refreshToken", refreshToken),
  });
}
