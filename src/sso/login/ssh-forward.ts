/**
 * The command that leads a port of the person's own machine to the same port of this one. `connection` is
 * `SSH_CONNECTION`: the client's address and port, then the server's. Undefined without it, or where it has another form.
 * Pure.
 */
export function sshForwardCommand(connection: string | undefined, port: number): string | undefined {
  const [, server, sshPort] = /^\S+ \d+ ([0-9A-Za-z.:%]+) (\d+)$/.exec(connection ?? "") ?? [];
  if (server === undefined) return undefined;
  return `ssh -L ${port}:127.0.0.1:${port}${sshPort === "22" ? "" : ` -p ${sshPort}`} ${server}`;
}
