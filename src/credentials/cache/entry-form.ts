/** What the text of a cache entry begins and ends with. Data, because each start loads it. */

/** The first line. A later version that changes the form changes the number. */
export const entryTitle = "aws-login credentials 1";

/** The last line begins with this word, before a checksum of all other lines. */
export const entrySeal = "whole ";
