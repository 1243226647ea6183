/**
 * The one spelling of a portal's start URL. Clients write it with or without `/`, `#/` or `/#/` at its end, and mean
 * the same portal.
 */
export function portalKey(startUrl: string): string {
  // The look-behind starts the search at the first sign of a row only; without it the time grows with the square.
  return startUrl.replace(/(?<![/#])[/#]+$/, "");
}
