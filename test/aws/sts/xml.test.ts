import { describe, expect, test } from "bun:test";
import { child, parseXml, textOf } from "../../../src/aws/sts/xml.ts";
import { Failure } from "../../../src/lib/errors.ts";

const assumeRole = `<?xml version="1.0" encoding="UTF-8"?>
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <SourceIdentity/>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::012345678901:assumed-role/demo/TestAR</Arn>
      <AssumedRoleId>AROAMADEUP:TestAR</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAMADEUP</AccessKeyId>
      <SecretAccessKey>made-up/secret</SecretAccessKey>
      <SessionToken>
        made-up+token/with==
      </SessionToken>
      <Expiration>2026-01-31T23:28:33.359Z</Expiration>
    </Credentials>
    <PackedPolicySize />
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
</AssumeRoleResponse>`;

/** The Failure that parsing ends with. */
function refusal(text: string): Failure {
  try {
    parseXml(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("the text was taken");
}

describe("parseXml()", () => {
  test("reads a response of STS", () => {
    const root = parseXml(assumeRole);
    expect(root.name).toBe("AssumeRoleResponse");
    expect(root.text).toBe("");
    expect(root.children.map(({ name }) => name)).toEqual(["AssumeRoleResult", "ResponseMetadata"]);
    const result = child(root, "AssumeRoleResult");
    const credentials = result && child(result, "Credentials");
    expect(credentials?.children.map(({ name, text }) => [name, text.trim()])).toEqual([
      ["AccessKeyId", "ASIAMADEUP"],
      ["SecretAccessKey", "made-up/secret"],
      ["SessionToken", "made-up+token/with=="],
      ["Expiration", "2026-01-31T23:28:33.359Z"],
    ]);
  });

  test("refuses a response that was cut off at any point", () => {
    for (let length = 0; length < assumeRole.length; length++) refusal(assumeRole.slice(0, length));
  });

  test("repeats nothing of a document that it refuses", () => {
    for (let length = 0; length < assumeRole.length; length++) {
      for (const broken of [
        assumeRole.slice(0, length),
        `${assumeRole.slice(0, length)}<${assumeRole.slice(length)}`,
      ]) {
        const { message, notes, hints } = refusal(broken);
        expect([message, ...notes, ...hints].join()).not.toMatch(/made-up|secret|ASIA|Key/);
      }
    }
  });

  const taken: Record<string, [text: string, name: string, content: string]> = {
    "one empty element": ["<a></a>", "a", ""],
    "a self-closing element": ["<a/>", "a", ""],
    "a self-closing element with attributes": [`<a b="1" c = '2' />`, "a", ""],
    "quotes of the other kind, and > inside a value": [`<a b='"' c="'>" d="">x</a>`, "a", "x"],
    "blanks inside tags": ["<a \n>x</a\t>", "a", "x"],
    "white space before and after": [" \r\n<a>x</a>\n\n", "a", "x"],
    "text kept with its white space": ["<a> x\ny </a>", "a", " x\ny "],
    "the named entities": ["<a>&amp;&lt;&gt;&quot;&apos;</a>", "a", `&<>"'`],
    "an entity that decodes to another": ["<a>&amp;lt;</a>", "a", "&lt;"],
    "numeric entities": ["<a>&#38;&#x26;&#x1D11E;&#233;</a>", "a", "&&𝄞é"],
    "entities in attributes": [`<a b="&amp;&#60;"/>`, "a", ""],
    "names with a prefix, dots, digits and dashes": ["<x:a-1.b_c/>", "x:a-1.b_c", ""],
    "a greater-than sign in text": ["<a>1 > 0</a>", "a", "1 > 0"],
    "a declaration without an encoding": ["<?xml version='1.0'?><a/>", "a", ""],
  };
  test.each(Object.entries(taken))("takes %s", (_, [text, name, content]) => {
    expect(parseXml(text)).toEqual({ name, text: content, children: [] });
  });

  const refused: Record<string, [text: string, why: string]> = {
    "nothing at all": ["", "an early end (line 1, offset 0)"],
    "white space alone": [" \n ", "an early end (line 2, offset 3)"],
    "plain text": ["Service Unavailable", "text outside all elements (line 1, offset 0)"],
    JSON: [`{"a": 1}`, "text outside all elements (line 1, offset 0)"],
    "a byte order mark": ["\ufeff<a/>", "text outside all elements (line 1, offset 0)"],
    "a web page": ["<html><body>Sign in</body></html>", "a web page (line 1, offset 0)"],
    "a web page with its document type": [
      "\n<!DOCTYPE html>\n<html></html>",
      "a web page (line 2, offset 1)",
    ],
    "a web page in capitals": ["<HTML></HTML>", "a web page (line 1, offset 0)"],
    "a document type": [
      "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
      "a document type or another declaration (line 1, offset 0)",
    ],
    "a comment": ["<a><!-- x --></a>", "a comment (line 1, offset 3)"],
    "a CDATA section": ["<a><![CDATA[x]]></a>", "a CDATA section (line 1, offset 3)"],
    "a processing instruction": [
      "<?xml-stylesheet href='a'?><a/>",
      "a processing instruction (line 1, offset 0)",
    ],
    "a declaration after the beginning": [
      "\n<?xml version='1.0'?><a/>",
      "a processing instruction (line 2, offset 1)",
    ],
    "a second root": ["<a/><b/>", "a second document (line 1, offset 4)"],
    "text after the end": ["<a/>\nx", "text outside all elements (line 1, offset 4)"],
    "a closing tag after the end": ["<a/></a>", "a closing tag that does not match (line 1, offset 4)"],
    "tags that cross": ["<a><b></a></b>", "a closing tag that does not match (line 1, offset 6)"],
    "names that differ in case": ["<a></A>", "a closing tag that does not match (line 1, offset 3)"],
    "an element left open": ["<a><b></b>", "an early end (line 1, offset 10)"],
    "text beside elements": ["<a><b/>x</a>", "text beside elements (line 1, offset 7)"],
    "elements amid text": ["<a>x<b/></a>", "an element amid text (line 1, offset 4)"],
    "an unknown entity": ["<a>ab&nbsp;</a>", "an unknown or broken entity (line 1, offset 5)"],
    "an unknown entity in an attribute": [`<a b="x&y;"/>`, "an unknown or broken entity (line 1, offset 7)"],
    "a bare ampersand": ["<a>a & b</a>", "an unknown or broken entity (line 1, offset 5)"],
    "a character that XML cannot hold": ["<a>\u0000</a>", "a control character (line 1, offset 3)"],
    "a reference to such a character": ["<a>&#0;</a>", "a reference to no character (line 1, offset 3)"],
    "an attribute that occurs twice": [
      `<a b="1" b="2"/>`,
      "an attribute that occurs twice (line 1, offset 8)",
    ],
    "the end of a CDATA section without its beginning": [
      "<a>x]]></a>",
      "the end of a CDATA section (line 1, offset 4)",
    ],
    "an encoding that has no name": [
      `<?xml version="1.0" encoding="UTF-8--"?x?><a/>`,
      "a processing instruction (line 1, offset 0)",
    ],
    "a blank that is none to XML": ["<a\u00a0b='1'/>", "a broken opening tag (line 1, offset 2)"],
    "an attribute without quotes": ["<a b=1/>", "a broken opening tag (line 1, offset 2)"],
    "an attribute without a value": ["<a b/>", "a broken opening tag (line 1, offset 2)"],
    "attributes without a blank between": [`<a b="1"c="2"/>`, "a broken opening tag (line 1, offset 8)"],
    "a less-than sign in an attribute": [`<a b="<"/>`, "a broken opening tag (line 1, offset 2)"],
    "a tag without a name": ["<>", "a broken opening tag (line 1, offset 0)"],
    "a name that begins with a digit": ["<1/>", "a broken opening tag (line 1, offset 0)"],
    "a closing tag with an attribute": ["<a></a b='1'>", "a broken closing tag (line 1, offset 3)"],
  };
  test.each(Object.entries(refused))("refuses %s", (_, [text, why]) => {
    const failure = refusal(text);
    expect(failure.message).toBe(`cannot read the text as XML: ${why}`);
    expect(failure.kind).toBe("failed");
  });

  test("takes 32 elements inside each other and refuses more", () => {
    const nested = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
    expect(parseXml(nested(32)).name).toBe("a");
    expect(refusal(nested(33)).message).toContain("elements nested more than 32 deep");
    expect(refusal("<a>".repeat(1_000_000)).message).toContain("elements nested more than 32 deep");
  });

  const lengthy: Record<string, (size: number) => string> = {
    "many elements with blanks between": (size) => `<a>${"<b>x</b>\n".repeat(size)}</a>`,
    "many entities": (size) => `<a>${"&amp;".repeat(size)}</a>`,
    "many attributes": (size) => `<a${Array.from({ length: size }, (_, at) => ` b${at}='c'`).join("")}/>`,
    "blanks that lead nowhere": (size) => `<a${" ".repeat(size)}`,
    "an attribute that never ends": (size) => `<a b="${"x".repeat(size)}`,
    "a declaration that never ends": (size) => `<?xml${" a='b'".repeat(size)}`,
    "a declaration of blanks": (size) => `<?xml${" ".repeat(size)}`,
  };
  test.each(Object.entries(lengthy))("parseXml() takes time in proportion to %s", (_, make) => {
    // CPU time, which other programs on the machine do not lengthen.
    const milliseconds = (size: number) => {
      const text = make(size);
      const started = process.cpuUsage();
      try {
        parseXml(text);
      } catch {
        // Some of these are refused; only the time counts.
      }
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    milliseconds(5_000);
    const best = (size: number) => Math.min(...[1, 2, 3, 4, 5].map(() => milliseconds(size)));
    const small = best(5_000);
    // Twenty times the text: quadratic work would take four hundred times as long.
    expect(best(100_000)).toBeLessThan(200 * Math.max(small, 0.2));
  });
});

describe("child() and textOf()", () => {
  const root = parseXml("<r><a> x </a><a>y</a><blank> \n </blank><empty/><B>z</B></r>");
  test("child() finds the first of that name", () => {
    expect(child(root, "a")?.text).toBe(" x ");
    expect(child(root, "b")).toBeUndefined();
  });
  test("textOf() trims", () => {
    expect(textOf(root, "a")).toBe("x");
  });
  test("textOf() knows no difference between absent, empty and blank", () => {
    for (const name of ["absent", "empty", "blank"]) expect(textOf(root, name)).toBeUndefined();
  });
});
