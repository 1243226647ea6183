/** The help of the whole program: one screen of 80x24, in a file that every start loads because most people ask for it. */
const OVERVIEW = `aws-login turns any AWS identity you may use into an open console, printed
credentials, a caller-identity check, a command run under it, or ~/.aws/config.

Usage: aws-login <command> [options]
  console      open the AWS Management Console
  dumpcreds    print the credentials, for a shell or for credential_process
  getcallerid  ask STS who the identity is
  runas        run a command under the identity
  serve        serve the credentials to programs that are started elsewhere
  status       say which identity that is, and why
  list         list your profiles, and your accounts and roles
  dumpconfig   print or merge profiles for every account and role you have
  importcache  import a sign-in token file, such as the AWS CLI's
  login        sign in to Identity Center, or as aws login does
  logout       revoke and delete tokens, and the credentials acquired with them
  completion   print the completion script of a shell
  shell-init   print aws-use, which puts an identity into the current shell
  version      print the version
  help         aws-login help {<command> | sources | exit-status}

Examples
  aws-login console prod admin
  aws-login runas --profile dev --region eu-west-1 -- aws s3 ls
`;

/** At most 23 lines of 80 characters: the prompt takes the last line of a screen. */
export function helpText(): string {
  return OVERVIEW;
}
