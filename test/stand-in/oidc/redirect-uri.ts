/** A redirect URI that a public client may register: on the loopback address, or over TLS. */
export function mayRegister(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  if (hash !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** Whether a redirect may go to `uri`: a registered loopback address without a port stands for every port. */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  return registered.includes(uri) || (URL.canParse(uri) && registered.includes(withoutPort(uri)));
}

function withoutPort(uri: string): string {
  return isLoopback(new URL(uri).hostname)
    ? uri.replace(/^(http:\/\/(?:[^/:[]+|\[[^\]]+\])):\d+/, "$1")
    : uri;
}

function isLoopback(hostname: string): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}
