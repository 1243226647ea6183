/** Names that can stand on a command line. Pure. */

/**
 * Whether the name can be typed as a word that is no option: without characters that drive a terminal or that a person
 * cannot see.
 */
export function isTypable(name: string): boolean {
  // Nearly all are of these characters, and classes of Unicode take ten times as long.
  if (/^\w[ -~]*$/.test(name)) return true;
  return name !== "" && !name.startsWith("-") && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u.test(name);
}
