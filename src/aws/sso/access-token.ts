/**
 * Whether an access token can stand in a header: visible ASCII, on one line. One that cannot would come back in the
 * runtime's own error. Pure.
 */
export function fitsHeader(accessToken: string): boolean {
  return /^[\x21-\x7e]+$/.test(accessToken);
}
