/** The credentials that the AWS CLI's `aws login` stores, renewed when they are about to expire. */

import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import { awsNow, type HttpClient } from "../../aws/http/http-client.ts";
import { type LoginGrant, type RenewedLogin, renewLogin } from "../../aws/signin/create-oauth2-token.ts";
import { homeDirectory, ownFolderPath } from "../../config/paths.ts";
import type { Credentials } from "../../lib/credentials.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { formatIsoTime, parseIsoTime } from "../../lib/iso-time.ts";
import { fileLock } from "../../lib/lock.ts";
import { optional } from "../../lib/optional.ts";
import { type FileAccess, readPrivate, reservePrivate, writePrivate } from "../../lib/private-file.ts";
import { readAgain } from "../../lib/read-again.ts";
import { lockedOut, renewalTimeout, singleFlight } from "../../lib/single-flight.ts";
import { uuidOf } from "../../lib/uuid.ts";
import type { System } from "../../system/types.ts";
import { loginFailure, signInAgain } from "./login-session-error.ts";
import { type LoginFile, loginPath, parseLoginFile, renewedLoginText } from "./login-session-file.ts";
import type { LoginSource } from "./login-session-plan.ts";

export interface LoginContext {
  readonly system: FileAccess &
    Pick<System, "env" | "home" | "now" | "sleep" | "stderr" | "randomBytes" | "withLock">;
  readonly http: HttpClient;
  /** The sign-in service in this region, or in the region of the run. Throws a Failure. */
  readonly endpoint: (region: string | undefined) => Endpoint;
}

/** Milliseconds before their end from which all SDKs renew the keys, which live fifteen minutes. */
const refreshWindow = 5 * 60_000;

/**
 * The stored keys, or renewed ones, which are stored for the AWS CLI and every other program. Keys that are still valid
 * are used when they cannot be renewed. Throws a Failure, of kind `sign-in-needed` where only a person can help.
 */
export async function acquireFromLogin(source: LoginSource, context: LoginContext): Promise<Credentials> {
  const { system, http } = context;
  const home = await homeDirectory(system);
  const path = loginPath(source.session, system.env, home);
  if (path === undefined) {
    throw new Failure(
      "failed",
      `cannot use the login_session of ${source.from}: no home directory is known`,
      {
        hints: ["set HOME, or AWS_LOGIN_CACHE_DIRECTORY"],
      },
    );
  }
  const session: Session = { source, path, context };
  const first = await read(session);
  if (isFresh(first)) return first.credentials;
  return singleFlight(
    {
      lock: fileLock(system, ownFolderPath(system.env, home), path, http.trace),
      found: async () => {
        const now = await read(session);
        return isFresh(now) ? now.credentials : undefined;
      },
      renew: () => renew(session),
      valid: isValid(first) ? first.credentials : undefined,
      timeout: renewalTimeout,
      doing: `renews the login_session of ${source.from}`,
      prompt: "never",
      timedOut: async () => {
        throw lockedOut(`cannot renew the login_session of ${source.from}`, renewalTimeout);
      },
    },
    { system, trace: http.trace },
  );
}

interface Session {
  readonly source: LoginSource;
  readonly path: string;
  readonly context: LoginContext;
}

/** What the file holds now. */
interface StoredLogin {
  readonly file: LoginFile;
  readonly text: string;
  readonly credentials: Credentials | undefined;
  /** Milliseconds until the keys expire; not above zero when they have expired, or are missing. */
  readonly left: number;
}
type WithKeys = StoredLogin & { readonly credentials: Credentials };

function isValid(stored: StoredLogin): stored is WithKeys {
  return stored.credentials !== undefined && stored.left > 0;
}

function isFresh(stored: StoredLogin): stored is WithKeys {
  return stored.credentials !== undefined && stored.left > refreshWindow;
}

async function read({ source, path, context }: Session): Promise<StoredLogin> {
  const { system, http } = context;
  const { text, value: file } = await readAgain(system, () => readPrivate(system, path), parseLoginFile);
  if (text === undefined) throw signInAgain(source, `there is no file ${path}`);
  if (file === undefined) throw signInAgain(source, `${path} is not a JSON object`);
  const { keys } = file;
  const expiration = keys === undefined ? undefined : parseIsoTime(keys.expiresAt);
  if (keys === undefined || expiration === undefined) return { file, text, credentials: undefined, left: 0 };
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const accountId = file.accountId ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(source.session)?.[1];
  return {
    file,
    text,
    left: expiration - awsNow(http),
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration,
      ...optional("accountId", accountId),
    },
  };
}

/** Under the lock. */
async function renew(session: Session): Promise<Credentials> {
  const { source, path, context } = session;
  const { system, http } = context;
  const stored = await read(session);
  let renewed: RenewedLogin;
  try {
    renewed = await spend(session, stored);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The AWS CLI takes no lock: it may have been quicker, and have spent the refresh token.
    const now = await read(session);
    if (isFresh(now)) return now.credentials;
    const failure = loginFailure(source, error);
    if (!isValid(now)) throw failure;
    system.stderr(
      `aws-login: warning: ${failure.message}; using the present keys, which end in ${Math.ceil(now.left / 1000)} seconds`,
    );
    return now.credentials;
  }
  const { accessKeyId, secretAccessKey, sessionToken, refreshToken } = renewed;
  const expiration = awsNow(http) + renewed.expiresIn * 1000;
  const keys = { accessKeyId, secretAccessKey, sessionToken, expiresAt: formatIsoTime(expiration) };
  try {
    await writePrivate(system, path, renewedLoginText(stored.file, keys, refreshToken));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    system.stderr(`aws-login: warning: ${error.message}; the next use of the sign-in may find it ended`);
  }
  return { ...stored.credentials, accessKeyId, secretAccessKey, sessionToken, expiration };
}

/** Spends the refresh token, once the file is certain to take the new one. */
async function spend({ source, path, context }: Session, { file, text }: StoredLogin): Promise<RenewedLogin> {
  const { system, http } = context;
  const grant = readGrant(source, file, path);
  const endpoint = context.endpoint(file.signInRegion);
  const reservation = await reservePrivate(system, path, text).catch((error: unknown) => {
    throw error instanceof Failure ? attempted(error, "the new keys could not be stored") : error;
  });
  try {
    return await renewLogin({ http, endpoint }, grant, () => uuidOf(system.randomBytes(16)));
  } finally {
    await reservation.release();
  }
}

function readGrant(source: LoginSource, file: LoginFile, path: string): LoginGrant {
  const { keys, clientId, refreshToken, dpopKey } = file;
  if (keys === undefined) throw signInAgain(source, `${path} lacks keys in its accessToken`);
  if (clientId === undefined) throw signInAgain(source, `${path} lacks clientId`);
  if (refreshToken === undefined) throw signInAgain(source, `${path} lacks refreshToken`);
  if (dpopKey === undefined) throw signInAgain(source, `${path} lacks dpopKey`);
  return { clientId, refreshToken, dpopKey, source: path };
}
