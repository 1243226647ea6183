import { expect, test } from "bun:test";
import { decodeXmlText, type XmlFault } from "../../../src/aws/sts/xml-text.ts";

const cases: Record<string, [text: string, expected: string | XmlFault]> = {
  "leaves plain text alone": ["a b\t\n=/+", "a b\t\n=/+"],
  "takes each line end as a line feed": ["a\r\nb\rc\n\rd", "a\nb\nc\n\nd"],
  "takes a line end beside a reference to a line feed as two": ["a\r&#10;b&#13;\nc", "a\n\nb\r\nc"],
  "decodes each reference once": ["&amp;amp;&amp;#38;", "&amp;&#38;"],
  "takes capital and small hexadecimal digits": ["&#x4A;&#x4a;", "JJ"],
  "takes the last character there is": ["&#x10FFFF;", "\u{10ffff}"],
  "refuses one past it": ["&#x110000;", { what: "a reference to no character", offset: 0 }],
  "refuses half a surrogate pair": ["ab&#xD800;", { what: "a reference to no character", offset: 2 }],
  "refuses a reference to a control character": ["&#27;", { what: "a reference to no character", offset: 0 }],
  "refuses a raw control character": ["ab\u001b[31m", { what: "a control character", offset: 2 }],
  "refuses a code that is not a character": [
    "a\uffff",
    { what: "a code that is not a character", offset: 1 },
  ],
  "takes what is beyond the first plane": ["\u{1f600}", "\u{1f600}"],
  "refuses names in capitals": ["&AMP;", { what: "an unknown or broken entity", offset: 0 }],
  "refuses a capital X": ["&#X26;", { what: "an unknown or broken entity", offset: 0 }],
  "refuses a missing semicolon": ["&amp", { what: "an unknown or broken entity", offset: 0 }],
  "refuses a reference without digits": ["x&#;", { what: "an unknown or broken entity", offset: 1 }],
  "does not take names from every object": [
    "&constructor;",
    { what: "an unknown or broken entity", offset: 0 },
  ],
};

test.each(Object.entries(cases))("decodeXmlText() %s", (_, [text, expected]) => {
  expect(decodeXmlText(text)).toEqual(expected);
});
