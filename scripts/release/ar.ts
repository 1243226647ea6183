/** An `ar` archive, in the common form that deb(5) asks for: short names, owner 0, one time for all members. */
import { joined } from "./bytes.ts";
import type { Entry } from "./entry.ts";

/** `time` in seconds since the epoch. Throws for a name longer than 16 bytes. */
export function ar(members: readonly Entry[], time: number): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts = members.flatMap(({ path, bytes }) => {
    if (path.length > 16) throw new Error(`the name is too long for ar: ${path}`);
    const fields = [
      path.padEnd(16),
      `${time}`.padEnd(12),
      "0".padEnd(6),
      "0".padEnd(6),
      "100644".padEnd(8),
      `${bytes.length}`.padEnd(10),
    ];
    // Each member begins at an even offset.
    return [encoder.encode(`${fields.join("")}\`\n`), bytes, encoder.encode("\n".repeat(bytes.length % 2))];
  });
  return joined([encoder.encode("!<arch>\n"), ...parts]);
}
