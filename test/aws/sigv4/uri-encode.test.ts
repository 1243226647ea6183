import { expect, test } from "bun:test";
import { uriEncode } from "../../../src/aws/sigv4/uri-encode.ts";

const cases: Record<string, [string, string]> = {
  "keeps letters, digits and four signs": ["AZaz09-_.~", "AZaz09-_.~"],
  "encodes the five signs that encodeURIComponent leaves": ["!'()*", "%21%27%28%29%2A"],
  "writes a blank as %20 and a plus as %2B": ["a b+c", "a%20b%2Bc"],
  "encodes slashes, colons and percent signs": ["/:%20", "%2F%3A%2520"],
  "encodes the bytes of UTF-8 in capitals": ["é€𝄞", "%C3%A9%E2%82%AC%F0%9D%84%9E"],
  "encodes control characters": ["\n\u0000", "%0A%00"],
  "replaces half a surrogate pair as UTF-8 output does": ["a\ud800b", "a%EF%BF%BDb"],
};

test.each(Object.entries(cases))("uriEncode() %s", (_, [text, expected]) => {
  expect(uriEncode(text)).toBe(expected);
});
