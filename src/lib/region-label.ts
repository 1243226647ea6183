/**
 * What a region setting names, without the `fips-` in front or the `-fips` behind by which the old pseudo-regions ask
 * for FIPS endpoints. Undefined for what could not be part of a host name.
 */
export function regionLabel(setting: string): string | undefined {
  const plain = setting.includes("fips") ? setting.replace(/^fips-|-fips$/g, "") : setting;
  return isLabel(plain) ? plain : undefined;
}

/**
 * As much as may become a label of a host name: anything more would send requests, and keys, to somebody else. By
 * character codes, because the first use of a regular expression costs a start more.
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
