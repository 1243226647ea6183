/** `login` with console credentials, as `aws login` does it: signs in, and stores the result for every AWS SDK. */
import { awsNow } from "../../aws/http/http-client.ts";
import { newDpopKey } from "../../aws/signin/dpop.ts";
import { identityOfToken } from "../../aws/signin/id-token.ts";
import type { Options } from "../../cli/option-record.ts";
import type { ConfigSection } from "../../config/config-section.ts";
import { homeDirectory, ownFolderPath } from "../../config/paths.ts";
import type { SharedConfig } from "../../config/profiles.ts";
import { chooseRegion } from "../../config/region.ts";
import { withoutEffectWarning } from "../../credentials/options-without-effect.ts";
import { loginPath, newLoginText } from "../../credentials/sources/login-session-file.ts";
import { attempted, Failure } from "../../lib/errors.ts";
import { formatIsoTime } from "../../lib/iso-time.ts";
import { fileLock } from "../../lib/lock.ts";
import { writePrivate } from "../../lib/private-file.ts";
import { shellWord } from "../../lib/quoting.ts";
import { serviceEndpoint } from "../../settings/endpoints.ts";
import { openHttpClient } from "../../settings/http-client.ts";
import type { System } from "../../system/types.ts";
import { type ConfigFile, openConfigFile } from "../dumpconfig/config-file.ts";
import { consoleSignIn } from "./console-flow.ts";
import type { SignedIn } from "./console-sign-in.ts";
import { storedLogin } from "./stored-login.ts";

/** Where console credentials are asked for when nothing names a region, as in the AWS CLI. */
const defaultRegion = "us-east-1";

/** Milliseconds to wait for another process that renews the same sign-in. */
const lockWait = 10_000;

/** Signs in, stores the credentials where the AWS CLI does, and names them in the profile. Throws a Failure. */
export async function consoleLogin(
  profileName: string,
  config: SharedConfig,
  options: Options,
  system: System,
): Promise<number> {
  checkOptions(options);
  const { env } = system;
  const trace = options.verbose ? (line: string) => system.stderr(`aws-login: ${line}`) : () => {};
  const profile = config.profile(profileName);
  const region = chooseRegion(options.region, env, profile);
  const signInRegion = region?.region ?? defaultRegion;
  const http = await openHttpClient(system, profile, trace);
  const sources = { env, profile, config, trace };
  const endpoint = serviceEndpoint("signin", signInRegion, sources, { fips: region?.fips });
  if (options.signIn === "never")
    return storedLogin(profileName, profile, { system, http, endpoint: () => endpoint });

  const file = await openConfigFile(system, trace);
  await refuseOtherSource(profileName, file);
  const home = await homeDirectory(system);
  if (loginPath("", env, home) === undefined) throw noHome();
  if (options.nrt) {
    const why = "console credentials can always be renewed";
    system.stderr(withoutEffectWarning({ option: "--nrt", why }));
  }
  const dpopKey = await newDpopKey();
  const caller = { http, endpoint };
  const login = await system.interruptible(`signing in to profile ${profileName}`, async () => {
    try {
      return await consoleSignIn({ system, caller, dpopKey }, options, system);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      throw attempted(error, `cannot sign in to profile ${profileName}`);
    }
  });
  const session = identityOfToken(login.idToken);
  if (session === undefined) {
    throw new Failure("failed", `cannot sign in to profile ${profileName}: the service names no identity`);
  }
  const path = loginPath(session, env, home) ?? "";
  const text = loginText(login, { session, dpopKey, signInRegion, now: awsNow(http) });
  const lock = fileLock(system, ownFolderPath(env, home), path, trace);
  const stored = await lock(lockWait, () => writePrivate(system, path, text));
  if (stored.kind === "busy") {
    throw new Failure("failed", `cannot write ${path}: another aws-login is renewing that sign-in`, {
      hints: ["run the command again"],
    });
  }
  await nameInProfile(profileName, session, options.region, file, system);
  system.stderr(
    `aws-login: signed in as ${session} in profile ${profileName}; the credentials are renewed for up to 12 hours`,
  );
  return 0;
}

function checkOptions(options: Options): void {
  if (options.useDeviceCode) {
    throw new Failure("usage", "cannot use --use-device-code: console credentials have no device code", {
      hints: ["for a browser on another machine use --remote; for Identity Center add --start-url URL"],
    });
  }
  if (options.ssoRegion !== undefined) {
    throw new Failure("usage", "cannot use --sso-region: no Identity Center portal is named", {
      hints: ["name it with --start-url URL; for console credentials use --region"],
    });
  }
}

function loginText(
  login: SignedIn,
  more: {
    readonly session: string;
    readonly dpopKey: string;
    readonly signInRegion: string;
    readonly now: number;
  },
): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresIn } = login;
  const { session, dpopKey, signInRegion, now } = more;
  const { tokenType, clientId, refreshToken, idToken } = login;
  return newLoginText({
    keys: { accessKeyId, secretAccessKey, sessionToken, expiresAt: formatIsoTime(now + expiresIn * 1000) },
    accountId: session.split(":")[4] ?? "",
    ...{ tokenType, clientId, refreshToken, idToken, dpopKey, signInRegion },
  });
}

function sectionOf(name: string, session: string, region: string | undefined): ConfigSection {
  const lines = [{ key: "login_session", value: session }];
  return {
    kind: "profile",
    name,
    lines: region === undefined ? lines : [...lines, { key: "region", value: region }],
  };
}

/** A profile has one source, and every SDK would go on with the other one. */
async function refuseOtherSource(name: string, file: ConfigFile): Promise<void> {
  const has = await file.conflictOf(sectionOf(name, "arn", undefined));
  if (has === undefined) return;
  throw new Failure(
    "failed",
    `cannot sign in to profile ${name} with console credentials: it has ${has.key} (${has.file}:${has.line})`,
    {
      hints: [
        "sign in to another profile with: aws-login login --profile NAME",
        "or to Identity Center with: aws-login login --start-url URL",
      ],
    },
  );
}

/** Merges `login_session` into the profile, and says whose sign-in it replaces. */
async function nameInProfile(
  name: string,
  session: string,
  region: string | undefined,
  file: ConfigFile,
  system: Pick<System, "stderr">,
): Promise<void> {
  try {
    const { replaced } = await file.mergeProfile(sectionOf(name, session, region));
    for (const { key, before } of replaced) {
      system.stderr(`aws-login: warning: profile ${name} had another ${key}: ${before}`);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const hint = `the sign-in is stored; add to profile ${shellWord(name)}: login_session = ${session}`;
    throw attempted(error, `cannot name the sign-in in profile ${name}`, { hints: [hint] });
  }
}

function noHome(): Failure {
  return new Failure("failed", "cannot store a sign-in: no home directory is known", {
    hints: ["set HOME, or AWS_LOGIN_CACHE_DIRECTORY"],
  });
}
