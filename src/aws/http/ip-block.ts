/** IP addresses as numbers, and blocks of them. */

/** The addresses that begin with the first `bits` bits of `network`, which has 4 or 16 bytes. */
export interface IpBlock {
  readonly network: Uint8Array;
  readonly bits: number;
}

/** Never for addresses of the other version. */
export function isInBlock(address: Uint8Array, { network, bits }: IpBlock): boolean {
  if (address.length !== network.length) return false;
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
    const at = bit / 8;
    if (((address[at] ?? 0) & mask) !== ((network[at] ?? 0) & mask)) return false;
  }
  return true;
}

/** The 4 or 16 bytes of an IP address (IPv6 without brackets), or undefined for a name. */
export function addressBytes(host: string): Uint8Array | undefined {
  // Nearly every host is a name, which never ends in a digit; asking a regular expression costs more, the first time.
  const last = host.charCodeAt(host.length - 1);
  if (!(last >= 0x30 && last <= 0x39) && !host.includes(":")) return undefined;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) {
    const bytes = host.split(".").map(Number);
    return bytes.every((byte) => byte <= 255) ? Uint8Array.from(bytes) : undefined;
  }
  if (!host.includes(":") || !URL.canParse(`http://[${host}]/`)) return undefined;
  // The URL parser has brought it to the short form: at most one "::", no embedded IPv4 notation.
  const [head = "", tail] = new URL(`http://[${host}]/`).hostname.slice(1, -1).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}
