/** What completion offers for the word at the cursor. Pure. */

export interface Offer {
  readonly name: string;
  /** A few words for a person, on one line. */
  readonly about: string;
}

/**
 * Those that the typed text can become: by their beginning as it is typed, and only where there is none in any case, as
 * target words match. Names that no command line can hold safely are left out: with characters that drive a terminal or
 * that a person cannot see, and those that would be read as an option.
 */
export function beginningWith(prefix: string, offers: Iterable<Offer>): readonly Offer[] {
  const lower = prefix.toLowerCase();
  const exact: Offer[] = [];
  const others: Offer[] = [];
  for (const offer of offers) {
    const { name } = offer;
    if (!isTypable(name)) continue;
    if (name.startsWith(prefix)) exact.push(offer);
    else if (name.toLowerCase().startsWith(lower)) others.push(offer);
  }
  return exact.length > 0 ? exact : others;
}

/** Whether the name can be typed as a word that is no option. */
export function isTypable(name: string): boolean {
  // Nearly all are of these characters, and classes of Unicode take ten times as long.
  if (/^\w[ -~]*$/.test(name)) return true;
  return name !== "" && !name.startsWith("-") && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u.test(name);
}
