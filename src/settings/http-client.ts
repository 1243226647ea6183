/** The settings of every call: proxies, certificates, attempts. */

import type { HttpClient } from "../aws/http/http-client.ts";
import { proxyRules } from "../aws/http/proxy.ts";
import { retryBucket } from "../aws/http/retry.ts";
import { caBundle, retrySettings } from "../config/http-settings.ts";
import { homeDirectory } from "../config/paths.ts";
import type { Profile } from "../config/section.ts";
import { Failure, reasonOf } from "../lib/errors.ts";
import type { System } from "../system/types.ts";

/** Attempts of one call, by retry mode, where no setting counts them: as the AWS CLI has it. */
const attemptsByMode = { legacy: 5, standard: 3, adaptive: 3 } as const;

/** Throws a Failure that names the setting when the certificates cannot be read or hold none. */
export async function openHttpClient(
  system: System,
  profile: Profile | undefined,
  trace: (line: string) => void,
): Promise<HttpClient> {
  const retries = retrySettings(system.env, profile);
  return {
    system,
    proxies: proxyRules(system.env),
    ca: await readCertificates(system, profile),
    maxAttempts: retries.maxAttempts ?? attemptsByMode[retries.mode ?? "standard"],
    trace,
    clockOffset: 0,
    retryTokens: retryBucket,
  };
}

async function readCertificates(system: System, profile: Profile | undefined): Promise<HttpClient["ca"]> {
  const bundle = caBundle(system.env, profile, await homeDirectory(system));
  if (bundle === undefined) return undefined;
  const { path, source } = bundle;
  const refuse = (why: string, cause?: unknown) =>
    new Failure("failed", `cannot use the certificates of ${source}: ${path} ${why}`, {
      hints: [`name a file of PEM certificates in ${source}, or take the setting away`],
      cause,
    });
  let pem: string | undefined;
  try {
    pem = await system.readText(path);
  } catch (error) {
    throw refuse(`cannot be read (${reasonOf(error)})`, error);
  }
  if (pem === undefined) throw refuse("does not exist");
  // The TLS library's error for text without a certificate does not name the cause.
  if (!pem.includes("-----BEGIN ") || !pem.includes("CERTIFICATE-----"))
    throw refuse("holds no PEM certificate");
  return { pem, source };
}
