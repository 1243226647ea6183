/** The help of the whole program: one screen, loaded at every start because most who ask for help ask for this. */
const OVERVIEW = `aws-login turns any AWS identity you may use into an open console, printed
credentials, a caller-identity check, a command run under it, or ~/.aws/config.

Usage: aws-login <command> [options]

Commands
  console      open the AWS Management Console
  dumpcreds    print the credentials, for a shell or for credential_process
  getcallerid  ask STS who the identity is
  runas        run a command under the identity
  dumpconfig   print or merge profiles for every account and role you have
  importcache  import a sign-in token file, such as the AWS CLI's
  login        sign in to Identity Center and keep the token
  logout       revoke and delete tokens, and the credentials they brought
  help         this page, or that of a command: aws-login help <command>
  version      print the version
  completion   print the completion script of a shell

Credentials start from the first of these that applies
  1. Identity Center: --start-url, --sso-session, --sso-access-token,
     --accesstoken-cache, or --use-cache with --sso-acct-id
  2. --profile
  3. environment keys; the profile (AWS_PROFILE, AWS_DEFAULT_PROFILE, else
     default) and web identity; container endpoint; EC2 instance metadata
then pass through --get-session-token or --get-federation-token, and through
each role of --assume-roles.

Examples
  aws-login console --profile dev
  source <(aws-login dumpcreds --assume-roles arn:aws:iam::222222222222:role/A)
  aws-login runas --profile dev --region eu-west-1 -- aws s3 ls

Exit status
  0 done, 1 failed, 2 wrong usage, 3 no credentials found, 4 a sign-in is
  needed and may not start, 130 interrupted; runas: that of the program
`;

/** At most 40 lines of 80 characters. */
export function helpText(): string {
  return OVERVIEW;
}
