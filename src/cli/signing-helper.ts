/**
 * `aws-login credential-process …`: a command line of AWS's own `aws_signing_helper` in the words of this program. The
 * options are those of its version 1.8.0: https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
import type { Failure } from "../lib/errors.ts";
import { usageError } from "./usage-error.ts";

const byFile = "name the certificate's file: --certificate FILE";
const byHelper =
  "use aws_signing_helper as the credential_process of a profile: its credentials work here like any other's";

/** The options of the helper that this program does not have: why, and what to do. */
const refused: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  "--pkcs8-password": [
    "an argument shows the password to every user of the machine",
    "name a file that holds it with --private-key-password-file, or type it when asked",
  ],
  "--no-verify-ssl": [
    "TLS is always verified",
    "name the certificates to trust besides AWS's in the variable AWS_CA_BUNDLE",
  ],
  "--cert-selector": ["the system's certificate store is not read", byFile],
  "--system-store-name": ["the system's certificate store is not read", byFile],
  "--use-latest-expiring-certificate": ["the system's certificate store is not read", byFile],
  "--pkcs11-lib": ["keys behind PKCS#11 are not supported", byHelper],
  "--reuse-pin": ["keys behind PKCS#11 are not supported", byHelper],
  "--tpm-key-password": ["keys in a TPM are not supported", byHelper],
  "--no-tpm-key-password": ["keys in a TPM are not supported", byHelper],
};

/** The helper's flags, and what each is here. This program uses a proxy wherever the environment names one. */
const flags: Readonly<Record<string, readonly string[]>> = {
  "--debug": ["--verbose"],
  "--with-proxy": [],
};

/**
 * The same command line as one of `dumpcreds --credential-helper`. `words` begins with the command. Throws
 * Failure("usage") for an option of the helper that has no counterpart; it repeats no value, which may be a password.
 */
export function dumpcredsWords(words: readonly string[]): readonly string[] {
  const found = ["dumpcreds", "--credential-helper"];
  for (const word of words.slice(1)) {
    const [name = "", value] = word.split("=", 2);
    const refusal = Object.hasOwn(refused, name) ? refused[name] : undefined;
    if (refusal !== undefined) throw usageError(`cannot use ${name}: ${refusal[0]}`, refusal[1]);
    const replacement = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (replacement === undefined) found.push(word);
    else if (value === undefined || value === "true") found.push(...replacement);
    else if (value !== "false")
      throw usageError(`${name} takes no value`, `write ${name} alone, or leave it out`);
  }
  const wrong = otherRegion(lastValue("--region", found), lastValue("--trust-anchor-arn", found));
  if (wrong !== undefined) throw wrong;
  return found;
}

/** The helper sends its request to this region, where AWS accepts the trust anchors of that region only. */
function otherRegion(region: string | undefined, trustAnchorArn: string | undefined): Failure | undefined {
  const own = trustAnchorArn?.split(":")[3];
  if (region === undefined || !own || region === own) return undefined;
  return usageError(
    `cannot use --region: the trust anchor is in ${own}, and Roles Anywhere is asked there`,
    "leave --region out; for the region of STS: dumpcreds --credential-helper --region REGION",
  );
}

/** The last value, as for every option. */
function lastValue(name: string, words: readonly string[]): string | undefined {
  let value: string | undefined;
  for (const [index, word] of words.entries()) {
    if (word === name) value = words[index + 1];
    else if (word.startsWith(`${name}=`)) value = word.slice(name.length + 1);
  }
  return value;
}
