import { describe, expect, test } from "bun:test";
import {
  derChildren,
  derContent,
  derObjectIdentifier,
  derSmallInteger,
  derTags,
  readDer,
} from "../../src/lib/der.ts";

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

describe("readDer()", () => {
  test("readDer() reads a sequence and its members", () => {
    const [number, text] = derChildren(readDer(bytes("3006020105040107")), derTags.sequence);
    expect(derSmallInteger(number)).toBe(5);
    expect(derContent(text, derTags.octetString)).toEqual(bytes("07"));
  });

  test("readDer() reads lengths of several octets", () => {
    const long = `0482012c${"ab".repeat(300)}`;
    expect(readDer(bytes(long)).content).toHaveLength(300);
  });

  const damaged: Readonly<Record<string, string>> = {
    "nothing at all": "",
    "a tag without a length": "30",
    "a length beyond the end": "3005020105",
    "an indefinite length": "30800201050000",
    "a length of five octets": "048500000000010a",
    "a tag number of several octets": "1f810100",
    "more after the element": "02010500",
  };
  test.each(Object.entries(damaged))("readDer() refuses %s", (_, hex) => {
    expect(() => readDer(bytes(hex))).toThrow("its DER encoding is damaged");
  });
});

test("derChildren() and derContent() refuse another tag and a missing element", () => {
  const number = readDer(bytes("020105"));
  expect(() => derChildren(number, derTags.sequence)).toThrow("damaged");
  expect(() => derContent(number, derTags.octetString)).toThrow("damaged");
  expect(() => derContent(undefined, derTags.octetString)).toThrow("damaged");
});

test("derObjectIdentifier() gives the dotted form", () => {
  expect(derObjectIdentifier(readDer(bytes("06092a864886f70d01050d")))).toBe("1.2.840.113549.1.5.13");
  expect(derObjectIdentifier(readDer(bytes("0609608648016503040102")))).toBe("2.16.840.1.101.3.4.1.2");
});

test("derSmallInteger() refuses what is negative or too large for a number", () => {
  expect(derSmallInteger(readDer(bytes("0203010000")))).toBe(65_536);
  expect(() => derSmallInteger(readDer(bytes("0201ff")))).toThrow("damaged");
  expect(() => derSmallInteger(readDer(bytes("02080100000000000000")))).toThrow("damaged");
});
