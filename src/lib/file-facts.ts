/** What a fingerprint of a file depends on, on the fast path and elsewhere. Data, because each start loads it. */

/** The runtime's `lastModified` of a file that does not exist. */
export const neverWritten = 4_503_599_627_370_495;

/** Bytes: far more than a config file, a token, a list of roles or a file of certificates takes. */
export const longestFile = 4 * 1024 * 1024;

/** The fingerprint of a file that does not exist. */
export const absentFingerprint = "absent";
