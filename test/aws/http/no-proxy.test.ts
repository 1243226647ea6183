import { describe, expect, test } from "bun:test";
import { bypassRules, isDirect } from "../../../src/aws/http/no-proxy.ts";

/** Whether the URL is reached directly, given this value of `NO_PROXY`. */
function direct(url: string, noProxy = ""): boolean {
  return isDirect(new URL(url), bypassRules(noProxy));
}

describe("isDirect()", () => {
  test.each([
    "https://localhost/",
    "https://LOCALHOST:4566/",
    "https://localhost./",
    "https://127.0.0.1/",
    "https://127.9.8.7:8443/",
    "https://[::1]/",
    "http://169.254.169.254/latest/",
    "http://169.254.170.2/",
    "http://[fd00:ec2::254]/",
    "http://[fd00:ec2::23]/",
  ])("what is nearby never goes through a proxy: %s", (url) => {
    expect(direct(url)).toBe(true);
  });

  test.each([
    "https://localhost.example/",
    "https://126.0.0.1/",
    "https://169.253.0.1/",
    "https://[::2]/",
    "https://[fd00:ec3::254]/",
  ])("%s is not nearby", (url) => {
    expect(direct(url)).toBe(false);
  });

  const entries: Record<string, [noProxy: string, reached: readonly string[], proxied: readonly string[]]> = {
    "a name covers itself and its subdomains": [
      "example.com",
      ["https://example.com/", "https://sts.example.com/", "https://a.b.example.com/"],
      ["https://badexample.com/", "https://example.com.evil/", "https://example.org/"],
    ],
    "a leading dot changes nothing": [
      ".example.com",
      ["https://example.com/", "https://sts.example.com/"],
      ["https://badexample.com/"],
    ],
    "a leading star and dot cover the subdomains alone": [
      "*.example.com",
      ["https://sts.example.com/", "https://a.b.example.com/"],
      ["https://example.com/", "https://badexample.com/"],
    ],
    "a star covers everything": ["*", ["https://example.com/", "https://10.0.0.1/"], []],
    "a star among others covers everything": ["a.example,*", ["https://example.com/"], []],
    "a star inside a name is no wildcard": ["sts.*.com", [], ["https://sts.example.com/"]],
    "letters count in any case": ["EXAMPLE.Com", ["https://STS.example.COM/"], []],
    "a trailing dot changes nothing": ["example.com.", ["https://example.com/", "https://example.com./"], []],
    "commas and blanks separate": [
      " a.example , ,b.example,",
      ["https://a.example/", "https://b.example/"],
      ["https://c.example/"],
    ],
    "a port limits a name": [
      "example.com:8443",
      ["https://example.com:8443/", "https://sts.example.com:8443/"],
      ["https://example.com/", "https://example.com:443/"],
    ],
    "a port limits a suffix": [
      "*.example.com:8443",
      ["https://a.example.com:8443/"],
      ["https://a.example.com/"],
    ],
    "a port may be the scheme's own": [
      "example.com:443",
      ["https://example.com/"],
      ["https://example.com:8443/", "http://example.com/"],
    ],
    "an address covers itself": [
      "10.0.0.1",
      ["https://10.0.0.1/"],
      ["https://10.0.0.2/", "https://a.10.0.0.1.example/"],
    ],
    "a port limits an address": ["10.0.0.1:8443", ["https://10.0.0.1:8443/"], ["https://10.0.0.1/"]],
    "an IPv6 address covers itself in every spelling": [
      "2001:DB8:0:0::7",
      ["https://[2001:db8::7]/", "https://[2001:db8:0:0:0:0:0:7]:8443/"],
      ["https://[2001:db8::8]/"],
    ],
    "brackets change nothing": ["[2001:db8::7]", ["https://[2001:db8::7]/"], ["https://[2001:db8::8]/"]],
    "a port may follow brackets": [
      "[2001:db8::7]:8443",
      ["https://[2001:db8::7]:8443/"],
      ["https://[2001:db8::7]/"],
    ],
    "a block of 8 bits": [
      "10.0.0.0/8",
      ["https://10.255.0.1/"],
      ["https://11.0.0.1/", "https://ten.example/"],
    ],
    "a block that ends inside a byte": [
      "172.16.0.0/12",
      ["https://172.16.0.1/", "https://172.31.255.255/"],
      ["https://172.15.0.1/", "https://172.32.0.1/"],
    ],
    "a block with bits behind its length": ["10.1.2.3/8", ["https://10.9.9.9/"], ["https://11.1.2.3/"]],
    "a block of one address": ["10.1.2.3/32", ["https://10.1.2.3/"], ["https://10.1.2.2/"]],
    "a block of all addresses, which covers no name": [
      "0.0.0.0/0",
      ["https://10.1.2.3/"],
      ["https://a.example/", "https://[2001:db8::7]/"],
    ],
    "a block of IPv6": [
      "2001:db8::/32",
      ["https://[2001:db8:ffff::1]/"],
      ["https://[2001:db9::1]/", "https://32.1.13.184/"],
    ],
    "a block of IPv6 in brackets": [
      "[2001:db8::]/32",
      ["https://[2001:db8::1]/"],
      ["https://[2001:db9::1]/"],
    ],
    "a block without a length covers nothing": ["10.0.0.0/", [], ["https://10.0.0.1/", "https://11.0.0.1/"]],
    "a block that is too long covers nothing": ["10.0.0.0/33", [], ["https://10.0.0.0/"]],
    "a block of a strange length covers nothing": ["10.0.0.0/1e0,10.0.0.0/-1", [], ["https://10.0.0.1/"]],
    "four numbers that are no address are a name": ["999.0.0.1", [], ["https://10.0.0.1/"]],
    "nothing but punctuation covers nothing": [
      ".,:443,/8,[]",
      [],
      ["https://a.example/", "https://10.0.0.1/"],
    ],
  };
  test.each(Object.entries(entries))("%s", (_, [noProxy, reached, proxied]) => {
    expect(reached.filter((url) => !direct(url, noProxy))).toEqual([]);
    expect(proxied.filter((url) => direct(url, noProxy))).toEqual([]);
  });
});
