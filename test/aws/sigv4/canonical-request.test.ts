import { describe, expect, test } from "bun:test";
import {
  canonicalHeaders,
  canonicalPath,
  canonicalQuery,
  type Header,
} from "../../../src/aws/sigv4/canonical-request.ts";

describe("canonicalPath()", () => {
  const cases: Record<string, [path: string, normalized: string, asGiven: string]> = {
    "makes a slash of nothing": ["", "/", "/"],
    "keeps a plain path": ["/a/b", "/a/b", "/a/b"],
    "collapses slashes but keeps the last": ["//a///b//", "/a/b/", "//a///b//"],
    "takes out single dots": ["/./a/./", "/a/", "/./a/./"],
    "goes up at double dots": ["/a/b/../c", "/a/c", "/a/b/../c"],
    "cannot go above the root": ["/../../a", "/a", "/../../a"],
    "leaves only the root when all goes": ["/a/b/../..", "/", "/a/b/../.."],
    "keeps names that merely begin with dots": ["/.a/..b/...", "/.a/..b/...", "/.a/..b/..."],
    "encodes what is already encoded once more": ["/a%20b", "/a%2520b", "/a%2520b"],
    "encodes all but unreserved characters": ["/a b/é*~", "/a%20b/%C3%A9%2A~", "/a%20b/%C3%A9%2A~"],
  };
  test.each(Object.entries(cases))("%s", (_, [path, normalized, asGiven]) => {
    expect(canonicalPath(path, { normalize: true })).toBe(normalized);
    expect(canonicalPath(path, { normalize: false })).toBe(asGiven);
  });
});

describe("canonicalQuery()", () => {
  const cases: Record<string, [query: string, canonical: string]> = {
    "is empty without parameters": ["", ""],
    "gives a parameter without a value an empty one": ["a", "a="],
    "skips empty parameters": ["&a=1&&b=2&", "a=1&b=2"],
    "sorts by name, not by the whole parameter": ["a-b=1&a=2", "a=2&a-b=1"],
    "sorts equal names by value": ["a=2&a=10&a=1", "a=1&a=10&a=2"],
    "sorts capitals before small letters": ["b=1&B=2", "B=2&b=1"],
    "sorts by the encoded name": ["z=1&%E1%88%B4=2", "%E1%88%B4=2&z=1"],
    "spells escapes in capitals and only where needed": ["a=%7e%2f", "a=~%2F"],
    "keeps further equals signs in the value": ["a=b=c", "a=b%3Dc"],
    "reads a plus as a plus": ["a=b+c", "a=b%2Bc"],
  };
  test.each(Object.entries(cases))("%s", (_, [query, canonical]) => {
    expect(canonicalQuery(query)).toBe(canonical);
  });
});

describe("canonicalHeaders()", () => {
  const cases: Record<string, [headers: Header[], block: string, names: string]> = {
    "sort by name in small letters": [
      [
        ["Host", "h"],
        ["A", "1"],
      ],
      "a:1\nhost:h\n",
      "a;host",
    ],
    "trim values and collapse blanks inside": [[["a", "  x   y  "]], "a:x y\n", "a"],
    "fold a value over several lines": [[["a", "x\n  y\r\n\tz"]], "a:x y z\n", "a"],
    "join repeated names in the order given": [
      [
        ["a", "2"],
        ["A", " 1 "],
      ],
      "a:2,1\n",
      "a",
    ],
    "keep an empty value": [[["a", ""]], "a:\n", "a"],
    "sort a name before its own extension": [
      [
        ["a-b", "1"],
        ["a", "2"],
      ],
      "a:2\na-b:1\n",
      "a;a-b",
    ],
  };
  test.each(Object.entries(cases))("%s", (_, [headers, block, names]) => {
    expect(canonicalHeaders(headers)).toEqual({ block, names });
  });

  test.each([
    "Authorization",
    "Connection",
    "Expect",
    "Keep-Alive",
    "Proxy-Authorization",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "User-Agent",
    "X-Amzn-Trace-Id",
  ])("leave out %s", (name) => {
    const headers: Header[] = [
      [name, "x"],
      ["host", "h"],
    ];
    expect(canonicalHeaders(headers)).toEqual({ block: "host:h\n", names: "host" });
  });
});
