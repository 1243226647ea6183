/** As much as may become a label of a host name: anything more would send requests, and keys, to somebody else. */
const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * What a region setting names, without the `fips-` in front or the `-fips` behind by which the old pseudo-regions ask
 * for FIPS endpoints. Undefined for what could not be part of a host name.
 */
export function regionLabel(setting: string): string | undefined {
  const plain = setting.includes("fips") ? setting.replace(/^fips-|-fips$/g, "") : setting;
  return label.test(plain) ? plain : undefined;
}
