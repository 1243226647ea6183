import { describe, expect, test } from "bun:test";
import { addressBytes, isInBlock } from "../../../src/aws/http/ip-block.ts";

/** The bytes of what must be an address. */
function bytes(address: string): Uint8Array {
  const found = addressBytes(address);
  if (found === undefined) throw new Error(`${address} is no address`);
  return found;
}

describe("addressBytes()", () => {
  const addresses: Record<string, string> = {
    "10.0.0.255": "0a0000ff",
    "2001:db8::7": "20010db8000000000000000000000007",
    "2001:DB8:0:0:0:0:0:7": "20010db8000000000000000000000007",
    "::": "00000000000000000000000000000000",
    "::1": "00000000000000000000000000000001",
    "fe80::": "fe800000000000000000000000000000",
    "1:2:3:4:5:6:7:8": "00010002000300040005000600070008",
    "::ffff:10.0.0.1": "00000000000000000000ffff0a000001",
  };
  test.each(Object.entries(addresses))("reads %s", (address, hex) => {
    expect(bytes(address).toHex()).toBe(hex);
  });

  test.each([
    "",
    "localhost",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.0.1",
    "0x0a000001",
    "1:2",
    "1::2::3",
    "fe80::1%eth0",
    "a:b:c:d:e:f:g:h",
    "]:1",
  ])("takes %j for a name", (host) => {
    expect(addressBytes(host)).toBeUndefined();
  });
});

describe("isInBlock()", () => {
  const cases: Record<string, [address: string, network: string, bits: number, inside: boolean]> = {
    "compares whole bytes": ["10.1.2.3", "10.1.0.0", 16, true],
    "finds a byte that differs": ["10.2.2.3", "10.1.0.0", 16, false],
    "compares a part of a byte": ["10.127.0.1", "10.0.0.0", 9, true],
    "finds a bit that differs": ["10.128.0.1", "10.0.0.0", 9, false],
    "takes everything into a block of no bits": ["192.0.2.1", "10.0.0.0", 0, true],
    "takes one address into a full block": ["10.0.0.1", "10.0.0.1", 32, true],
    "takes no other": ["10.0.0.0", "10.0.0.1", 32, false],
    "keeps the versions apart": ["::", "0.0.0.0", 0, false],
    "compares 128 bits": ["2001:db8::7", "2001:db8::7", 128, true],
  };
  test.each(Object.entries(cases))("%s", (_, [address, network, bits, inside]) => {
    expect(isInBlock(bytes(address), { network: bytes(network), bits })).toBe(inside);
  });
});
