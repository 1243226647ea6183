/** The session name of a role for which no option and no setting gives one. */
export const defaultSessionName = "aws-login";
