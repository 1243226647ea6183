/** The credentials that the AWS CLI's `aws login` keeps, renewed when they are about to end. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import { awsNow, type HttpClient } from "../../aws/http/http-client.ts";
import { type LoginGrant, type RenewedLogin, renewLogin } from "../../aws/signin/create-oauth2-token.ts";
import { expandPath, homeDirectory, ownFolderPath } from "../../config/paths.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { formatIsoTime, parseIsoTime } from "../../lib/iso-time.ts";
import { fileLock } from "../../lib/lock.ts";
import { type FileAccess, readPrivate, writePrivate } from "../../lib/private-file.ts";
import { uuidOf } from "../../lib/uuid.ts";
import type { System } from "../../system/types.ts";
import { loginFailure, signInAgain } from "./login-session-error.ts";
import { type LoginFile, loginFilePath, parseLoginFile, renewedLoginText } from "./login-session-file.ts";
import type { LoginSource } from "./types.ts";

export interface LoginContext {
  readonly system: FileAccess & Pick<System, "env" | "home" | "stderr" | "randomBytes" | "withLock">;
  readonly http: HttpClient;
  /** The sign-in service in this region, or in the region of the run. Throws a Failure. */
  readonly endpoint: (region: string | undefined) => Endpoint;
}

/** All SDKs renew from then on; the keys live fifteen minutes. */
const windowMilliseconds = 5 * 60 * 1000;
/** How long another process may take to renew keys that nobody can go on with. */
const timeoutMilliseconds = 60 * 1000;

/**
 * The keys as they are kept, or renewed; what the renewal brought is kept for the AWS CLI and everybody else. Keys
 * that are still good are used when they cannot be renewed. Throws a Failure, of kind `sign-in-needed` where only a
 * person can go on.
 */
export async function acquireFromLogin(start: LoginSource, context: LoginContext): Promise<Credentials> {
  const { system, http } = context;
  const home = await homeDirectory(system);
  const folder = system.env.AWS_LOGIN_CACHE_DIRECTORY;
  const path = loginFilePath(start.session, folder ? expandPath(folder, system.env, home) : undefined, home);
  if (path === undefined) {
    throw new Failure("failed", `cannot use the login_session of ${start.from}: no home directory is known`, {
      hints: ["set HOME, or AWS_LOGIN_CACHE_DIRECTORY"],
    });
  }
  const read = () => parseCached(start, path, http, system);
  const first = await read();
  if (first.left > windowMilliseconds && first.credentials !== undefined) return first.credentials;
  const lock = fileLock(system, ownFolderPath(system.env, home), path, http.trace);
  // While the keys are good, whoever comes second goes on with them.
  const renewed = await lock(isGood(first) ? 0 : timeoutMilliseconds, async () => {
    const now = await read();
    if (now.left > windowMilliseconds && now.credentials !== undefined) return now.credentials;
    return renew(start, now, path, context, read);
  });
  if (renewed.kind === "done") return renewed.value;
  const last = await read();
  if (isGood(last)) return last.credentials;
  throw new Failure(
    "failed",
    `cannot renew the login_session of ${start.from}: another process has been at it for ${timeoutMilliseconds / 1000} seconds`,
    { hints: ["run the command again; if it goes on so, end the other process: it may be stopped"] },
  );
}

/** What a file holds now. */
interface CachedSet {
  readonly file: LoginFile;
  readonly credentials: Credentials | undefined;
  /** Milliseconds until the keys end; not above zero when they have, or are missing. */
  readonly left: number;
}

function isGood(cached: CachedSet): cached is CachedSet & { readonly credentials: Credentials } {
  return cached.credentials !== undefined && cached.left > 0;
}

async function parseCached(
  start: LoginSource,
  path: string,
  http: HttpClient,
  system: Pick<System, "readText">,
): Promise<CachedSet> {
  const text = await readPrivate(system, path);
  if (text === undefined) throw signInAgain(start, `there is no file ${path}`);
  const file = parseLoginFile(text);
  if (file === undefined) throw signInAgain(start, `${path} is no JSON object`);
  const { keys } = file;
  const expiration = keys === undefined ? undefined : parseIsoTime(keys.expiresAt);
  if (keys === undefined || expiration === undefined) return { file, credentials: undefined, left: 0 };
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const accountId = file.accountId ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(start.session)?.[1];
  return {
    file,
    left: expiration - awsNow(http),
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration,
      ...(accountId === undefined ? {} : { accountId }),
    },
  };
}

async function renew(
  start: LoginSource,
  cached: CachedSet,
  path: string,
  context: LoginContext,
  read: () => Promise<CachedSet>,
): Promise<Credentials> {
  const { system, http } = context;
  const warn = (text: string) => system.stderr(`aws-login: warning: ${text}`);
  let renewed: RenewedLogin;
  try {
    const grant = readGrant(start, cached.file, path);
    const endpoint = context.endpoint(cached.file.signInRegion);
    renewed = await renewLogin({ http, endpoint }, grant, () => uuidOf(system.randomBytes(16)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The AWS CLI takes no lock: it may have been quicker, and have spent the refresh token.
    const now = await read();
    if (now.left > windowMilliseconds && now.credentials !== undefined) return now.credentials;
    const failure = loginFailure(start, error);
    if (!isGood(now)) throw failure;
    warn(`${failure.message}; using the present keys, which end in ${Math.ceil(now.left / 1000)} seconds`);
    return now.credentials;
  }
  const { accessKeyId, secretAccessKey, sessionToken, refreshToken } = renewed;
  const expiration = awsNow(http) + renewed.expiresIn * 1000;
  const keys = { accessKeyId, secretAccessKey, sessionToken, expiresAt: formatIsoTime(expiration) };
  try {
    await writePrivate(system, path, renewedLoginText(cached.file, keys, refreshToken));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    warn(`${error.message}; the next use of the sign-in may find it ended`);
  }
  return { ...cached.credentials, accessKeyId, secretAccessKey, sessionToken, expiration };
}

function readGrant(start: LoginSource, file: LoginFile, path: string): LoginGrant {
  const { keys, clientId, refreshToken, dpopKey } = file;
  if (keys === undefined) throw signInAgain(start, `${path} lacks keys in its accessToken`);
  if (clientId === undefined) throw signInAgain(start, `${path} lacks clientId`);
  if (refreshToken === undefined) throw signInAgain(start, `${path} lacks refreshToken`);
  if (dpopKey === undefined) throw signInAgain(start, `${path} lacks dpopKey`);
  return { clientId, refreshToken, dpopKey, source: path };
}
