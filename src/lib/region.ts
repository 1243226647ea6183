/** Parses region settings for every part of the program. */

export interface RegionName {
  /** A region, or the name of a whole partition such as `aws-global`. */
  readonly name: string;
  /** The setting asked for FIPS endpoints, as the old pseudo-regions `fips-us-east-1` and `us-east-1-fips` do. */
  readonly fips: boolean;
}

/** Undefined for a text that could not be part of a host name. */
export function parseRegion(setting: string): RegionName | undefined {
  const plain = setting.includes("fips") ? setting.replace(/^fips-|-fips$/g, "") : setting;
  if (!isLabel(plain)) return undefined;
  const fips = plain !== setting;
  return { name: fips && plain === "aws" ? "aws-global" : plain, fips };
}

/**
 * Whether the text can be a label of a host name: other text would send requests, and keys, to another host. It compares
 * character codes, because the first use of a regular expression makes a start slower.
 */
function isLabel(text: string): boolean {
  if (text === "" || text.length > 63 || text.startsWith("-") || text.endsWith("-")) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
    if (!isLetter && !(code >= 0x30 && code <= 0x39) && code !== 0x2d) return false;
  }
  return true;
}
