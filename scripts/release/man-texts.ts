/** What the man page says beyond the pages of `aws-login help`: a term, and what it means. */

type Texts = Readonly<Record<string, string>>;

export const EXIT_STATUSES: Texts = {
  "0": "Done.",
  "1": "Failed.",
  "2": "Wrong usage.",
  "3": "No credentials found, or the profile is missing or empty.",
  "4": "A sign-in is needed and may not start.",
  "130": "Interrupted.",
};

/** Several names of one meaning are separated by a comma and a blank. */
export const VARIABLES: Texts = {
  "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN":
    "Keys to start from, and their session token (also AWS_SECURITY_TOKEN). AWS_CREDENTIAL_EXPIRATION says when they end, AWS_ACCOUNT_ID whose they are.",
  "AWS_PROFILE, AWS_DEFAULT_PROFILE": "The profile to start from when --profile is not given.",
  "AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE":
    "The config and credentials files, in place of those in ~/.aws.",
  "AWS_REGION, AWS_DEFAULT_REGION": "The region when --region is not given.",
  "AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME":
    "A web identity token, the role to assume with it, and the name of the session.",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI":
    "The endpoint that gives a container its credentials. AWS_CONTAINER_AUTHORIZATION_TOKEN or AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE gives the token for it.",
  "ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN":
    "Where a job of GitHub Actions gets its token, for --web-identity-token github.",
  AWS_EC2_METADATA_DISABLED: "With true, instance metadata is not asked.",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT, AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE":
    "Where instance metadata is: an address, or IPv4 or IPv6 (also AWS_IMDS_USE_IPV6).",
  "AWS_METADATA_SERVICE_TIMEOUT, AWS_METADATA_SERVICE_NUM_ATTEMPTS":
    "Seconds for an attempt at instance metadata, and the number of attempts.",
  AWS_EC2_INSTANCE_PROFILE_NAME: "The instance profile whose credentials are wanted.",
  "AWS_MAX_ATTEMPTS, AWS_RETRY_MODE": "How often a call is tried, and in which of the SDKs' modes.",
  "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_SSO, AWS_ENDPOINT_URL_SSO_OIDC, AWS_ENDPOINT_URL_SIGNIN, AWS_ENDPOINT_URL_ROLESANYWHERE":
    "Endpoints in place of AWS's own. AWS_IGNORE_CONFIGURED_ENDPOINT_URLS switches them off.",
  "AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT": "Endpoints with FIPS 140 cryptography, or with IPv6.",
  AWS_STS_REGIONAL_ENDPOINTS: "With legacy, STS is asked at its global endpoint, in the oldest regions.",
  AWS_CA_BUNDLE: "A file of certificate authorities to trust in place of the built-in ones.",
  AWS_LOGIN_CACHE_DIRECTORY: "The sessions of the AWS CLI's aws login, in place of ~/.aws/login/cache.",
  AWS_LOGIN_IDENTITY: "Set by runas without a program: the identity's name, for the prompt of the shell.",
  AWS_LOGIN_HOME: "The program's own folder, in place of ~/.aws-login.",
  AWS_LOGIN_STORE:
    "With keychain, refresh tokens and client secrets in the own folder are sealed under a key that the system's key store keeps; with file they are opened again and stored plain.",
  BROWSER: "The program that opens an address. %s stands for it, else it comes last.",
  "HTTPS_PROXY, HTTP_PROXY, NO_PROXY":
    "Proxies, and hosts that are reached without one; in small letters too. No proxy is used for instance metadata, nor for a container endpoint unless it is an https address of another host.",
};

export const FILES: Texts = {
  "~/.aws/config, ~/.aws/credentials": "Profiles. dumpconfig --write merges into the first.",
  "~/.aws/sso/cache": "The AWS CLI's tokens of Identity Center, shared with it.",
  "~/.aws/login/cache": "The sessions of the AWS CLI's aws login, renewed.",
  "~/.aws-login":
    "Sign-ins (login --start-url, importcache), credentials acquired with --use-cache or by words, cached listings, recent choices, locks. Only you may read it. It is plain text; AWS_LOGIN_STORE=keychain seals refresh tokens and client secrets.",
};
