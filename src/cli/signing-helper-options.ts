/** What becomes of the options of AWS's own `aws_signing_helper`, version 1.8.0, as data. */

const byFile = "name the certificate's file: --certificate FILE";
const byHelper =
  "use aws_signing_helper as the credential_process of a profile: its credentials work here like any other's";

/** The options of the helper that this program does not have: why, and what to do. */
export const REFUSED: Readonly<Record<string, readonly [why: string, hint: string]>> = {
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
export const HELPER_FLAGS: Readonly<Record<string, readonly string[]>> = {
  "--debug": ["--verbose"],
  "--with-proxy": [],
};

/** Words of help and completion for the options that only this name of the command has, or has in another sense. */
export const HELPER_OPTION_LINES: Readonly<Record<string, string>> = {
  "--region": "region of STS; beside a trust anchor only its own",
  "--session-duration": "lifetime of the session in seconds, 900 to 43200 (default 3600)",
  "--role-session-name": "name of the session: only where the profile accepts one",
  "--with-proxy": "accepted: a proxy of the environment is used in any case",
  "--debug": "another name of --verbose",
};
