/**
 * The word by which a copy of the program knows that it is to serve credentials in the background. It is no command, and no
 * help names it.
 */
export const endpointWord = "credential-endpoint-in-background";
