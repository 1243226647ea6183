/** The Host header of requests to a loopback address. Pure. */

/**
 * Whether `host` is what a client sends for `http://NAME:PORT` with one of these names. Clients leave out port 80, the default
 * of HTTP (RFC 9110 section 4.2.1).
 */
export function isHostOf(host: string | null | undefined, names: readonly string[], port: number): boolean {
  return names.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}
