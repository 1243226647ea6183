/**
 * The one spelling of a portal's start URL. Clients write it with or without `/`, `#/` or `/#/` at its end, and mean
 * the same portal.
 */
export function portalKey(startUrl: string): string {
  // The look-behind tries each run of signs from its first one only; without it the time is quadratic.
  return startUrl.replace(/(?<![/#])[/#]+$/, "");
}
