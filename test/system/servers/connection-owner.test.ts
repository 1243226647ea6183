import { describe, expect, test } from "bun:test";
import { connectionOwner } from "../../../src/system/servers/connection-owner.ts";
import type { ConnectionEnd } from "../../../src/system/servers/socket-diagnosis.ts";

const heading =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const rest = "00000000:00000000 00:00000000 00000000";
const client: ConnectionEnd = { address: "127.0.0.1", port: 50_000 };
const server: ConnectionEnd = { address: "127.0.0.1", port: 8080 };

const cases: Record<string, [string, number | undefined]> = {
  "reads the user of the socket whose own end is asked for": [
    `   0: 0100007F:1F90 0100007F:C350 01 ${rest}  1001        0 1 1 0 20 4 30 10 -1\n` +
      `   1: 0100007F:C350 0100007F:1F90 01 ${rest}  1002        0 2 1 0 20 4 30 10 -1\n`,
    1002,
  ],
  "reads an IPv4 connection in the table of IPv6 sockets": [
    `   0: 0000000000000000FFFF00000100007F:C350 0000000000000000FFFF00000100007F:1F90 01 ${rest} 1003 0 2\n`,
    1003,
  ],
  "passes over a connection to another port": [
    `   0: 0100007F:C350 0100007F:1F91 01 ${rest} 1001 0 1\n`,
    undefined,
  ],
  "passes over a connection from another address": [
    `   0: 0200007F:C350 0100007F:1F90 01 ${rest} 1001 0 1\n`,
    undefined,
  ],
  "passes over a socket that was given up, which is listed as root's": [
    `   0: 0100007F:C350 0100007F:1F90 06 ${rest} 0 0 0\n`,
    undefined,
  ],
  "passes over lines that it cannot read": ["   0: 0100007F:C350\n\n", undefined],
};

describe("connectionOwner()", () => {
  for (const [sentence, [lines, owner]] of Object.entries(cases)) {
    test(`connectionOwner() ${sentence}`, () => {
      expect(connectionOwner(heading + lines, client, server)).toBe(owner);
    });
  }
});
