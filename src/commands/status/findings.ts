/** What `status` can find: the catalogue that docs/troubleshooting.md is made of. Pure. */

export type Severity = "error" | "warning" | "info";

interface Entry {
  readonly severity: Severity;
  /** What it means, for docs/troubleshooting.md. */
  readonly about: string;
}

/** By code. A code stays the same for programs that read the JSON. */
export const CATALOGUE = {
  "no-credentials": {
    severity: "error",
    about: "No source of credentials is configured, or the profile is missing or empty.",
  },
  "sign-in-needed": {
    severity: "error",
    about:
      "Only a person can go on: a sign-in is missing or over, or an MFA code or the password of a private key is needed.",
  },
  "cannot-acquire": {
    severity: "error",
    about: "A source or a role is configured and refuses, or does not answer.",
  },
  "credentials-expired": {
    severity: "error",
    about: "The keys of the environment are past the end that AWS_CREDENTIAL_EXPIRATION names.",
  },
  "renewal-due": {
    severity: "info",
    about:
      "The sign-in or session is over and renews without a person at the next use. status renews nothing, so it does not ask who the identity is.",
  },
  "process-not-run": {
    severity: "info",
    about: "With --offline no credential_process is run: it may ask a server.",
  },
  "mfa-not-asked": {
    severity: "info",
    about:
      "The code of the MFA device comes from the command of mfa_process, which may want a touch: status does not run it, so it does not ask who the identity is.",
  },
  "keys-shadow-profile": {
    severity: "warning",
    about: "The environment holds keys, which come before the profile that AWS_PROFILE names.",
  },
  "sdk-differs": {
    severity: "warning",
    about: "Another SDK chooses another identity in the same environment.",
  },
  "default-over-endpoint": {
    severity: "warning",
    about:
      "The default profile yields credentials, and SDKs take it before the container endpoint of the environment.",
  },
  "unknown-setting": {
    severity: "warning",
    about: "The profile has a setting that nothing reads, one slip away from a known one.",
  },
  "ignored-value": {
    severity: "warning",
    about: "A setting of the profile has a value that no client reads.",
  },
  "needs-role": {
    severity: "warning",
    about: "A setting of the profile has an effect only beside role_arn.",
  },
  "hidden-source": {
    severity: "warning",
    about: "The profile has two sources of credentials, and one of them is never used.",
  },
  "open-file": { severity: "warning", about: "Others on this machine may read a file that holds secrets." },
  "clock-off": {
    severity: "warning",
    about:
      "The clock of this machine differs from AWS's by more than four minutes. Signatures are refused then; this program corrects the time by itself, and other programs may not.",
  },
  "metadata-proxy": {
    severity: "warning",
    about:
      "A proxy variable covers the address of instance metadata or of a container's agent. This program never uses a proxy there, and other programs do.",
  },
  "metadata-hop-limit": {
    severity: "error",
    about: "Instance metadata is silent inside a container: the hop limit of its responses is too low.",
  },
  "metadata-silent": {
    severity: "error",
    about:
      "Nothing answers at the address of instance metadata: this is not an EC2 instance, or a firewall is in the way.",
  },
  "metadata-disabled": {
    severity: "error",
    about: "Instance metadata is disabled, by the instance's options or by AWS_EC2_METADATA_DISABLED.",
  },
  "metadata-no-role": {
    severity: "error",
    about: "Instance metadata answers, and the instance has no role.",
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type FindingCode = keyof typeof CATALOGUE;

export interface Finding {
  readonly severity: Severity;
  readonly code: FindingCode;
  readonly message: string;
  /** The command or setting that helps. */
  readonly hint: string;
}

export function finding(code: FindingCode, message: string, hint: string): Finding {
  return { severity: CATALOGUE[code].severity, code, message, hint };
}
