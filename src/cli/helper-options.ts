/**
 * The options with a value that the fast path reads in the command line of a `credential_process`, one a line, in the order
 * of the cache key. A text, because each start would have to make an array.
 */
export const helperOptions = `--profile
--region
--start-url
--sso-region
--sso-session
--sso-acct-id
--sso-role-name
--assume-roles
--role-session-name
--external-id
--source-identity
--duration
--mfa-serial
--role-arn
--certificate
--private-key
--private-key-password-file
--intermediates
--trust-anchor-arn
--profile-arn
--endpoint
--web-identity-token`;
